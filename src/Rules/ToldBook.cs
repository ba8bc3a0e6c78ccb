using System.Runtime.InteropServices;

namespace CanhLu.Rules;

/// <summary>The last statements of judgements of which most never say anything, by the judgement's number; and how long each sleeps after a restart.</summary>
sealed class ToldBook
{
    readonly Dictionary<int, Told> _told = [];

    /// <summary>The last statement, as long as it stands or sleeps; null when there is none.</summary>
    public Alarm? this[int number] => _told.TryGetValue(number, out var told) ? told.Alarm : null;

    /// <summary>Keeps a new statement; one that something is over is not needed any more.</summary>
    public void Tell(int number, Alarm alarm)
    {
        if (alarm.Level == AlarmLevel.None)
            _told.Remove(number);
        else
            _told[number] = new Told { Alarm = alarm, Until = Ticks.Never };
    }

    /// <summary>Keeps what was told in an earlier life, which sleeps until the replay has come to it.</summary>
    public void Remember(int number, Alarm alarm) => _told[number] = new Told { Alarm = alarm, Until = Ticks.Of(alarm.Evidence.MeasuredAt) };

    /// <summary>See <see cref="Sleep.Lasts"/>.</summary>
    /// <param name="number">The judgement's number.</param>
    /// <param name="isAsleep">Whether it sleeps; false when it has woken.</param>
    /// <param name="measuredAt">MeasuredAt of the reading.</param>
    /// <param name="series">The reading's series.</param>
    public bool Sleeps(int number, ref bool isAsleep, long measuredAt, int series)
    {
        if (!isAsleep)
            return false;
        ref var told = ref CollectionsMarshal.GetValueRefOrNullRef(_told, number);
        var lasts = Sleep.Lasts(ref told.Until, told.Alarm, measuredAt, series);
        isAsleep = told.Until != Ticks.Never;
        return lasts;
    }

    struct Told
    {
        public Alarm Alarm;
        public long Until;
    }
}
