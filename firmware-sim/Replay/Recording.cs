using System.Collections.Immutable;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Replay;

/// <summary>A series of old readings that a device sends again.</summary>
/// <param name="Samples">What is sent, in the order of the file.</param>
/// <param name="Rows">How many rows of values the file has.</param>
/// <param name="Skipped">The rows that give no sample, counted by what stood there: <c>Ice</c>, <c>Eqp</c>, <c>blank</c>…</param>
public sealed record Recording(ImmutableArray<Sample> Samples, int Rows, IReadOnlyDictionary<string, int> Skipped)
{
    /// <summary>Reads a file: <c>.rdb</c> of the U.S. Geological Survey, or a readings CSV.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="station">Of a CSV, the station to take; null when it has only one.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Recording Read(string file, string? station)
    {
        using var text = File.OpenText(file);
        return Path.GetExtension(file).Equals(".rdb", StringComparison.OrdinalIgnoreCase) ? UsgsFile.Read(text) : ReadingsCsv.Read(text, station);
    }

    /// <summary>Sends it as a device would have: each sample at its own time.</summary>
    public DeviceScript Script(string device) =>
        new(device, Samples.Select(sample => (Act)new Act.Send(sample.At, [sample])));
}
