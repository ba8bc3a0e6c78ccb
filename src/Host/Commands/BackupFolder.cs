using CanhLu.Console.Keeping;

namespace CanhLu.Host.Commands;

/// <summary>A backup's folder on its way.</summary>
static class BackupFolder
{
    /// <summary>Copies a backup into a new folder that only its owner may open. The manifest comes last: a folder without it is no backup.</summary>
    public static void Copy(string from, string to)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(to);
        else
            Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in BackupManifest.Of(from)!.Files.Select(file => file.Name).Append(BackupManifest.FileName))
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
    }
}
