using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Archive.Influx;

/// <summary>Lines that the server will never take: <c>influx-parked.jsonl</c> beside the archive, one a line with its reason. The readings themselves stand in the archive.</summary>
/// <remarks>Bounded: of a file that is full the older half is forgotten, which a log line says.</remarks>
sealed class ParkedLines(IOptions<ArchiveOptions> archive, IClock clock)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "influx-parked.jsonl";

    /// <summary>Bytes of the file beyond which the older half of it is forgotten.</summary>
    public const long MostBytes = 64 << 20;

    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string _path = Path.Combine(archive.Value.Folder, FileName);

    /// <summary>Parks lines; on disk when it returns.</summary>
    /// <returns>How many older ones were forgotten to make room.</returns>
    public long Park(string source, ReadOnlySpan<byte> lines, string reason)
    {
        var forgotten = Shorten();
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write);
        var at = clock.GetCurrentInstant().ToString();
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range].IsEmpty)
                continue;
            JsonSerializer.Serialize(file, new Parked(at, source, reason, Encoding.UTF8.GetString(lines[range])), Wire);
            file.WriteByte((byte)'\n');
        }
        file.Flush(flushToDisk: true);
        return forgotten;
    }

    /// <summary>All of them, oldest first.</summary>
    public static IEnumerable<Parked> Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? File.ReadLines(path).Select(line => JsonSerializer.Deserialize<Parked>(line, Wire)!) : [];
    }

    long Shorten()
    {
        if (!File.Exists(_path) || new FileInfo(_path).Length < MostBytes)
            return 0;
        var lines = File.ReadAllLines(_path);
        var fresh = _path + ".new";
        File.WriteAllLines(fresh, lines[(lines.Length / 2)..]);
        File.Move(fresh, _path, overwrite: true);
        return lines.Length / 2;
    }
}

/// <summary>A line that the server refused.</summary>
/// <param name="At">When it was parked, ISO 8601.</param>
/// <param name="Source">What it was read from.</param>
/// <param name="Reason">Why, in the server's words.</param>
/// <param name="Line">The line.</param>
sealed record Parked(string At, string Source, string Reason, string Line);
