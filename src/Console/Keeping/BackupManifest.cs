using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.Keeping;

/// <summary>What a backup holds: <c>backup.json</c> in its folder.</summary>
/// <param name="Version">The program that made it.</param>
/// <param name="TakenAt">When it was begun, ISO 8601, UTC: nothing that was acknowledged before is missing.</param>
/// <param name="Mode">Of a real engine or of a drill.</param>
/// <param name="Readings">How many readings it holds.</param>
/// <param name="Files">Its files.</param>
public sealed record BackupManifest(string Version, string TakenAt, string Mode, long Readings, ImmutableArray<BackupFile> Files)
{
    /// <summary>The manifest's name. It is written last: a folder without it is no backup.</summary>
    public const string FileName = "backup.json";

    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The manifest of a folder; null when it is none.</summary>
    public static BackupManifest? Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Wire) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first file of a folder that is not as it was when the backup was made, and what is wrong with it; null when all are.</summary>
    public string? Fault(string folder)
    {
        foreach (var file in Files)
        {
            // A name with a folder in it would lead out of the backup.
            if (Path.GetFileName(file.Name) != file.Name)
                return $"{file.Name} is no name of a file of a backup";
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
                return $"{file.Name} is missing";
            if (BackupFile.Of(path) != file)
                return $"{file.Name} is not as it was when the backup was made";
        }
        return null;
    }

    internal static BackupManifest Write(string folder, string version, Instant takenAt, string mode, long readings, IEnumerable<string> files)
    {
        var manifest = new BackupManifest(version, InstantPattern.General.Format(takenAt), mode, readings, [.. files.Select(name => BackupFile.Of(Path.Combine(folder, name)))]);
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, manifest, Wire);
        file.Flush(flushToDisk: true);
        return manifest;
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, hexadecimal.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256)
{
    internal static BackupFile Of(string path)
    {
        using var stream = File.OpenRead(path);
        return new BackupFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
