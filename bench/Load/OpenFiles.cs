using System.Globalization;

namespace CanhLu.Bench;

/// <summary>How many files and sockets this process may have open.</summary>
static class OpenFiles
{
    /// <summary>The hard limit, to which the runtime raises the soft one by itself; as many as one likes where the system does not tell.</summary>
    public static long Most { get; } = Read();

    static long Read()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return long.MaxValue;
        var line = File.ReadLines(Limits).First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return long.TryParse(hard, CultureInfo.InvariantCulture, out var most) ? most : long.MaxValue;
    }
}
