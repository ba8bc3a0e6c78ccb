using System.Diagnostics;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>A real file system of a few megabytes, mounted for one test.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-disk-").FullName;

    SmallDisk(int mebibytes) => Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "canhlu", _folder);

    public string Folder => Path.Combine(_folder, "data");

    string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Mounts it; skips the test where that is not allowed, except in CI.</summary>
    public static SmallDisk Mount(int mebibytes)
    {
        if (!Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("Only root may mount a small disk.");
        return new SmallDisk(mebibytes);
    }

    /// <summary>Somebody else takes all that is free but a few KiB.</summary>
    public void Fill(int leaveKibibytes = 0)
    {
        using var ballast = new FileStream(Ballast, FileMode.Create);
        var block = new byte[4096];
        try
        {
            while (new DriveInfo(_folder).AvailableFreeSpace >= (leaveKibibytes * 1024L) + block.Length)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // The archive took the rest meanwhile: full is full.
        }
    }

    /// <summary>Somebody else makes room again.</summary>
    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        // Lazily: a process just being started by another test may hold its files for a moment.
        Run("umount", "--lazy", _folder);
        Directory.Delete(_folder);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }
}
