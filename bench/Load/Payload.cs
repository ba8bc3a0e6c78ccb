using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CanhLu.Bench;

/// <summary>A payload made once, whose times are written over in place: making a message costs the generator next to nothing.</summary>
/// <remarks>Encoded here by hand, not by the engine, so that the bench and the engine cannot share a mistake.</remarks>
sealed class Payload
{
    /// <summary>From one reading of a device to its next, ms.</summary>
    public long Step { get; init; } = 1000;

    const string Digits = "0000000000000";
    readonly byte[] _text;
    readonly int[] _times;
    readonly Rise? _rise;
    long _since = -1;

    Payload(string text, Rise? rise = null)
    {
        _text = Encoding.ASCII.GetBytes(text);
        var times = new List<int>();
        for (var at = text.IndexOf(Digits, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Digits, at + 1, StringComparison.Ordinal))
            times.Add(at);
        _times = [.. times];
        _rise = rise;
    }

    /// <summary>One reading in 90 bytes.</summary>
    /// <param name="stage">The stage, metres, with three decimals.</param>
    /// <param name="step">From one to the next, ms.</param>
    public static Payload Single(string stage = "1.234", long step = 1000) => new(Text(stage)) { Step = step };

    /// <summary>One reading in as many bytes, whose stage rises from the first one on that is written. It belongs to one device.</summary>
    /// <param name="from">Where it begins, mm; 1,000 to 9,999.</param>
    /// <param name="most">Where it ends, mm.</param>
    /// <param name="perSecond">How fast it rises, mm a second of the readings' own time.</param>
    /// <param name="step">From one to the next, ms.</param>
    public static Payload Rising(int from, int most, double perSecond, long step) =>
        new(Text("1.234"), new Rise(Text("1.234").IndexOf("1.234", StringComparison.Ordinal), from, most, perSecond)) { Step = step };

    /// <summary>A backlog of 20 readings.</summary>
    /// <param name="step">From one to the next, ms.</param>
    public static Payload Twenty(long step = 1000) =>
        new("[" + string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"t":{{Digits}},"stage_m":1.2{{i:00}}}""")) + "]") { Step = step };

    public int Readings => _times.Length;

    public int Length => _text.Length;

    /// <summary>Writes the payload with its times, <see cref="Step"/> apart from <paramref name="first"/> on.</summary>
    public int Write(Span<byte> target, long first)
    {
        _text.CopyTo(target);
        if (_rise is { } rise)
        {
            if (_since < 0)
                _since = first;
            var stage = Math.Min(rise.Most, rise.From + (int)((first - _since) * rise.PerSecond / 1000));
            Utf8Formatter.TryFormat(stage / 1000m, target[rise.At..], out _, new StandardFormat('F', 3));
        }
        foreach (var at in _times)
        {
            Utf8Formatter.TryFormat(first, target[at..], out _);
            first += Step;
        }
        return _text.Length;
    }

    static string Text(string stage) => $$"""{"t":{{Digits}},"seq":123456,"stage_m":{{stage}},"fw":"gauge-3.2.1+tam-ky-build-0417-a"}""";

    sealed record Rise(int At, int From, int Most, double PerSecond);
}
