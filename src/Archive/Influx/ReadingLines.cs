namespace CanhLu.Archive.Influx;

/// <summary>The readings of the archive, as points.</summary>
/// <remarks>
/// <code>
/// stage,device=gauge-tam-ky,unit=mm value=2680,flag=1i,received=1761746400123456i 1761746400000000
/// </code>
/// The measurement is the quantity; <c>flag</c> is QARTOD's (1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing), <c>received</c> is our clock in microseconds, so that the
/// river's past can be read back as it came. What a calibration restates is written again. A reading that turns out to be a spike after it was written is written again with the one that told: the same point, with its flag.
/// </remarks>
sealed class ReadingLines(History history, SeriesBook book, ArchiveState state) : ILineSource
{
    readonly List<byte[]?> _keys = [];
    readonly List<Reading> _telling = [];

    public string Name => "readings";

    public long End => state.NextPosition;

    public int Changes => state.Restatements;

    public async ValueTask<long?> ChangedSince(int changes, CancellationToken cancellation) => await history.ChangedSince(changes, cancellation).ConfigureAwait(false);

    public async ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
    {
        // Before the look: everything before it is committed, and can be seen.
        var end = End;
        if (from >= end)
            return from;
        _telling.Clear();
        var next = await history.From(from, most, page => Write(page, lines, _telling), cancellation).ConfigureAwait(false);
        foreach (var reading in _telling)
            Write(await history.Last(reading.Series, 1, reading.MeasuredAt, cancellation).ConfigureAwait(false), lines, telling: null);
        // Nothing is left there: age has taken it.
        return next == from ? end : next;
    }

    void Write(ReadOnlySpan<Reading> readings, LineBuffer lines, List<Reading>? telling)
    {
        foreach (ref readonly var reading in readings)
        {
            lines.Key(Key(reading.Series));
            lines.Field("value"u8, reading.Value);
            lines.Field("flag"u8, (long)reading.Flag);
            lines.Field("received"u8, Microseconds.Of(reading.ReceivedAt));
            lines.End(reading.MeasuredAt);
            if (reading.Tests.SpikeBefore is Flag.Suspect or Flag.Fail)
                telling?.Add(reading);
        }
    }

    byte[] Key(SeriesId id)
    {
        while (_keys.Count <= id.Value)
            _keys.Add(null);
        return _keys[id.Value] ??= book[id] is { } series
            ? LineBuffer.KeyOf(series.Quantity, ("device", series.Device), ("unit", series.Unit))
            : throw new InvalidOperationException($"The archive holds readings of series {id.Value}, which it does not know.");
    }
}
