namespace CanhLu.Host.Commands;

/// <summary>The folder of the engine's two files, held by one engine at a time: the lock goes with the process, whatever ends it.</summary>
sealed class DataFolder : IDisposable
{
    const string LockName = "engine.lock";

    /// <summary>What the operating systems say of a file that another process holds: EAGAIN of Linux and of macOS, and Windows' sharing violation.</summary>
    static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    readonly FileStream _lock;

    DataFolder(FileStream held) => _lock = held;

    /// <summary>Makes the folder when it is not there.</summary>
    /// <exception cref="DataFolderException">It cannot be made.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Makes the folder and holds it until it is disposed.</summary>
    /// <exception cref="DataFolderException">It cannot be written, or another engine holds it.</exception>
    public static DataFolder Take(string path)
    {
        Make(path);
        try
        {
            return new DataFolder(new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (HeldByAnother.Contains(exception.HResult))
        {
            throw new DataFolderException($"Another engine works in the data folder {Path.GetFullPath(path)}: stop it, or give this one a folder of its own with --data.", exception)
            {
                IsHeld = true,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, exception);
        }
    }

    public void Dispose() => _lock.Dispose();

    static DataFolderException Unwritable(string path, Exception exception) => new(
        $"The data folder {Path.GetFullPath(path)} cannot be written ({exception.Message.TrimEnd('.')}): give a folder that this account may write with --data.", exception);
}
