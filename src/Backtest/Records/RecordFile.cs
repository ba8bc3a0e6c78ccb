namespace CanhLu.Backtest.Records;

/// <summary>A file of readings, whichever form it has.</summary>
public static class RecordFile
{
    /// <summary>Opens a CSV file or one of the U.S. Geological Survey; its first bytes tell which.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The series that are read; others are passed over and counted.</param>
    /// <param name="station">The station as which a file of USGS is judged; null when the site has one of the gauge's own number.</param>
    /// <exception cref="RecordRefusedException">There is no such file.</exception>
    public static IRecord Open(string path, SeriesKeys keys, string? station = null)
    {
        if (!File.Exists(path))
            throw new RecordRefusedException(path, "there is no such file", $"give a CSV file ({CsvHeader.Right}) or a USGS file (RDB)");
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[10];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.StartsWith("#"u8) || head.StartsWith("agency_cd\t"u8) ? new RdbRecord(path, keys, station) : new CsvRecord(path, keys);
    }
}
