using System.Runtime.CompilerServices;

namespace CanhLu.Rules;

/// <summary>One gauge at one moment: its last stage, and since when it has been above or below each threshold. They follow from its readings alone, so that
/// a replay rebuilds them.</summary>
struct Clocks
{
    const byte IsAbove = 1;
    const byte IsBelow = 2;

    /// <summary>MeasuredAt of its newest believable reading; <see cref="Ticks.Never"/> when there was none.</summary>
    public long Newest;

    Runs _since;

    /// <summary>Its newest stage, mm.</summary>
    public int Stage;

    Sides _sides;

    public static Clocks Start => new() { Newest = Ticks.Never, Stage = Unsettled.Nothing };

    /// <summary>Since when it has been at or above Raise of a level (0 to 2); <see cref="Ticks.Never"/> when it is not.</summary>
    public readonly long Above(int level) => _sides[level] == IsAbove ? _since[level] : Ticks.Never;

    /// <summary>Since when it has been below Clear of a level.</summary>
    public readonly long Below(int level) => _sides[level] == IsBelow ? _since[level] : Ticks.Never;

    public void Forget() => _sides = default;

    /// <summary>Lets the clocks run on, start or stop by a reading that is newer than all before. Up it goes as high as it counts, down as low as it was
    /// read: doubt raises late and clears late.</summary>
    public void Compare(in Ladder ladder, in Unsettled reading)
    {
        for (var i = 0; i < 3; i++)
        {
            ref readonly var step = ref ladder.Steps[i];
            var side = reading.Counted >= step.Raise ? IsAbove : reading.Stage < step.Clear ? IsBelow : (byte)0;
            if (side != _sides[i])
                _since[i] = reading.MeasuredAt;
            _sides[i] = side;
        }
    }

    /// <summary>The highest level whose run has held at a reading; None when none has.</summary>
    public readonly AlarmLevel Reached(in Ladder ladder, long at)
    {
        var reached = AlarmLevel.III;
        while (reached > AlarmLevel.None && !Ticks.Held(Above((int)reached - 1), at, ladder.Steps[(int)reached - 1].RaiseHold))
            reached--;
        return reached;
    }

    [InlineArray(3)]
    struct Runs
    {
        long _i;
    }

    [InlineArray(3)]
    struct Sides
    {
        byte _i;
    }
}
