using System.Globalization;
using System.Threading.Channels;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.Storms;

/// <summary>What became of every reading, one line each: <c>device,measured_at,value,outcome,acknowledged_at</c>.</summary>
/// <remarks>
/// A line is written when its reading is settled: <c>acknowledged</c> with the time, <c>refused</c>; at the end <c>unacknowledged</c> for the rest.
/// Every <c>acknowledged</c> line must be in the archive. Lines reach the file within a moment, so that the journal outlives its process.
/// </remarks>
sealed class Journal : IAsyncDisposable
{
    // 64 bytes a line: at most 4 MiB wait here. A full queue holds the acknowledging task back, and with it the device.
    const int Bound = 65_536;

    readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Bound) { SingleReader = true });
    readonly Task _writing;

    public Journal(string file) => _writing = Write(file);

    public ValueTask Record(string device, Sample sample, string outcome, Instant? acknowledgedAt) => _lines.Writer.WriteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"{device},{InstantPattern.ExtendedIso.Format(sample.At)},{sample.Values[0].Number},{outcome},{(acknowledgedAt is { } at ? InstantPattern.ExtendedIso.Format(at) : "")}"));

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    async Task Write(string file)
    {
        await using var text = new StreamWriter(file, append: true);
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var line))
            {
                await text.WriteLineAsync(line);
            }

            await text.FlushAsync();
        }
    }
}
