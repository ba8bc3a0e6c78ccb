using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Host.Qc;

/// <summary>A reading of a file with its flags.</summary>
/// <param name="Read">As it was read.</param>
/// <param name="Judged">As it was judged; its value is in the unit of the tests.</param>
readonly record struct QcRow(FileReading Read, Reading Judged);

/// <summary>Judges a file's readings as the live engine would have, in the order of the file, and gives each as soon as nothing can change it any more.</summary>
/// <remarks>What waits for the next reading of its series waits in a ring; beyond <see cref="Longest"/> rows it is given as it stands.</remarks>
sealed class QcRun
{
    const int Longest = 1 << 17;

    readonly IReadOnlyList<FileSeries> _series;
    readonly QualityControl _control;
    readonly QcRow[] _ring = new QcRow[Longest];
    readonly bool[] _settled = new bool[Longest];
    readonly long[] _newest;
    readonly List<FlagCorrection> _corrections = [];
    readonly Reading[] _one = new Reading[1];
    long _next;
    long _given;

    public QcRun(IReadOnlyList<FileSeries> series, DateTimeZone zone)
    {
        _series = series;
        _control = new QualityControl([.. series.Select(one => one.Subject)], zone);
        _newest = new long[series.Count];
        Array.Fill(_newest, -1);
    }

    /// <summary>Every reading with its flags, in the order of the file.</summary>
    public IEnumerable<QcRow> Through(IEnumerable<FileReading> readings)
    {
        foreach (var reading in readings)
        {
            if (_next - _given == Longest)
                yield return _ring[_given++ & (Longest - 1)];
            Take(reading);
            while (_given < _next && _settled[_given & (Longest - 1)])
                yield return _ring[_given++ & (Longest - 1)];
        }
        while (_given < _next)
            yield return _ring[_given++ & (Longest - 1)];
    }

    void Take(in FileReading reading)
    {
        var series = _series[reading.Series];
        var value = reading.Value is { } written ? written * series.Scale : double.NaN;
        _one[0] = new Reading(series.Subject.Series, reading.At, reading.At, value, reading.Value is null ? Flag.Missing : reading.Flag);
        _control.Judge(_one, _corrections);
        _corrections.Clear();
        var judged = _one[0];
        var tests = series.Subject.Tests;
        if (judged.Tests.SpikeBefore is { } spike && _newest[reading.Series] is var before && before >= _given)
        {
            ref var row = ref _ring[before & (Longest - 1)];
            row = row with
            {
                Judged = row.Judged with
                {
                    Flag = row.Judged.Flag == Flag.Missing ? Flag.Missing : TestFlags.Graver(row.Judged.Flag, spike),
                    Tests = row.Judged.Tests.With(QualityTest.Spike, spike),
                },
            };
        }
        // One that came behind a newer one decides nothing, and nothing is decided of it.
        var isNewest = _newest[reading.Series] < 0 || judged.Tests.SpikeBefore is not null;
        if (isNewest && tests.Spike is not null)
        {
            if (_newest[reading.Series] >= _given)
                _settled[_newest[reading.Series] & (Longest - 1)] = true;
            _newest[reading.Series] = _next;
        }
        _ring[_next & (Longest - 1)] = new QcRow(reading, judged);
        _settled[_next & (Longest - 1)] = !isNewest || tests.Spike is null;
        _next++;
    }
}
