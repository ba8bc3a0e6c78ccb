using NodaTime;

namespace CanhLu.Host.Qc;

/// <summary>Readings in a row of which a test said 3 or 4.</summary>
/// <param name="Series">Number of the series.</param>
/// <param name="Test">The test.</param>
/// <param name="Gravest">The gravest of it.</param>
/// <param name="From">When the first was measured.</param>
/// <param name="To">When the last was.</param>
/// <param name="Readings">How many.</param>
readonly record struct BadStretch(int Series, QualityTest Test, Flag Gravest, Instant From, Instant To, int Readings);

/// <summary>Counts flags, per series and test, and finds the stretches that are bad.</summary>
sealed class QcTally(int series)
{
    /// <summary>Flags in the order in which they are shown.</summary>
    public static readonly Flag[] Flags = [Flag.Good, Flag.NotEvaluated, Flag.Suspect, Flag.Fail, Flag.Missing];

    public static readonly QualityTest[] Tests = Enum.GetValues<QualityTest>();

    readonly long[] _counts = new long[series * (Tests.Length + 1) * 10];
    readonly BadStretch?[] _open = new BadStretch?[series * Tests.Length];
    readonly List<BadStretch> _stretches = [];

    /// <summary>How many readings.</summary>
    public long Readings { get; private set; }

    /// <summary>Stretches that have ended, and after <see cref="Close"/> all of them.</summary>
    public IReadOnlyList<BadStretch> Stretches => _stretches;

    /// <summary>How many readings of a series a test gave a flag; null for the aggregate.</summary>
    public long Count(int series, QualityTest? test, Flag flag) => _counts[Place(series, test) + (int)flag];

    /// <summary>Takes the next reading.</summary>
    public void Take(in QcRow row)
    {
        Readings++;
        _counts[Place(row.Read.Series, null) + (int)row.Judged.Flag]++;
        foreach (var test in Tests)
        {
            if (row.Judged.Tests[test] is not { } flag)
                continue;
            _counts[Place(row.Read.Series, test) + (int)flag]++;
            ref var open = ref _open[row.Read.Series * Tests.Length + (int)test];
            if (flag is Flag.Suspect or Flag.Fail)
                open = open is { } stretch
                    ? stretch with { To = row.Read.At, Readings = stretch.Readings + 1, Gravest = TestFlags.Graver(stretch.Gravest, flag) }
                    : new BadStretch(row.Read.Series, test, flag, row.Read.At, row.Read.At, 1);
            else if (open is { } ended)
            {
                _stretches.Add(ended);
                open = null;
            }
        }
    }

    /// <summary>Ends what is open, and puts all in order of time.</summary>
    public void Close()
    {
        _stretches.AddRange(_open.OfType<BadStretch>());
        Array.Clear(_open);
        _stretches.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.Test.CompareTo(b.Test));
    }

    static int Place(int series, QualityTest? test) => (series * (Tests.Length + 1) + (test is { } one ? (int)one + 1 : 0)) * 10;
}
