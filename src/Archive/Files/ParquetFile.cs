using DuckDB.NET.Data;

namespace CanhLu.Archive.Files;

/// <summary>A file of readings as Apache Parquet instead of CSV: the same columns, with times as instants, values as doubles and flags as small numbers.</summary>
/// <remarks>DuckDB writes and reads it, in memory beside every archive; the same lines make the same bytes.</remarks>
public static class ParquetFile
{
    /// <summary>How the file's name ends.</summary>
    public const string Extension = ".parquet";

    // The order of the lines is kept: that of time.
    const string Settings = "SET preserve_insertion_order = true; SET threads = 1; SET memory_limit = '512MiB'";

    const string Columns = "{'measured_at': 'TIMESTAMPTZ', 'station': 'VARCHAR', 'series': 'VARCHAR', 'value': 'DOUBLE', 'received_at': 'TIMESTAMPTZ', 'flag': 'UTINYINT', 'unit': 'VARCHAR'}";

    /// <summary>Whether a path names one.</summary>
    public static bool Is(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes what <see cref="ReadingsCsv"/> wrote as Parquet, in place of what was there.</summary>
    /// <exception cref="IOException">One of the files cannot be read or written.</exception>
    public static void FromCsv(string csv, string parquet) => Run($"""
        COPY (SELECT measured_at, station, series, value, received_at, flag, unit FROM read_csv({Quoted(csv)}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false, columns = {Columns}))
        TO {Quoted(parquet)} (FORMAT parquet, COMPRESSION zstd)
        """);

    /// <summary>Writes a Parquet file's columns as CSV, in place of what was there. A time without a zone stays without one.</summary>
    /// <exception cref="IOException">It is none, or one of the files cannot be read or written.</exception>
    public static void ToCsv(string parquet, string csv) => Run(connection =>
    {
        var columns = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"DESCRIBE SELECT * FROM read_parquet({Quoted(parquet)})";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var name = $"\"{rows.GetString(0).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                columns.Add(rows.GetString(1) == "TIMESTAMP WITH TIME ZONE" ? $"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%S.%fZ') AS {name}" : name);
            }
        }
        connection.Execute($"COPY (SELECT {string.Join(", ", columns)} FROM read_parquet({Quoted(parquet)})) TO {Quoted(csv)} (FORMAT csv, HEADER true)");
    });

    static void Run(string sql) => Run(connection => connection.Execute(sql));

    static void Run(Action<DuckDBConnection> work)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            connection.Execute(Settings);
            work(connection);
        }
        catch (DuckDBException refused)
        {
            throw new IOException(refused.Message.ReplaceLineEndings(" "), refused);
        }
    }

    static string Quoted(string path) => $"'{Path.GetFullPath(path).Replace("'", "''", StringComparison.Ordinal)}'";
}
