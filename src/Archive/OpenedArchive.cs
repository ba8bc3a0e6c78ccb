using Microsoft.Extensions.Options;

namespace CanhLu.Archive;

/// <summary>An archive that no engine has open, for a command that reads it.</summary>
public sealed class OpenedArchive : IDisposable
{
    readonly ArchiveFile _file;

    OpenedArchive(ArchiveFile file)
    {
        _file = file;
        Book = new SeriesBook(file);
        Book.Load();
        History = new History(file, new LatestReadings());
    }

    /// <summary>Its series.</summary>
    public SeriesBook Book { get; }

    /// <summary>Its readings; all but the newest of a series, which only an engine keeps in mind.</summary>
    public History History { get; }

    /// <summary>How many readings it holds, by a look at every one.</summary>
    public long Count()
    {
        using var visit = _file.Visit();
        return visit.Connection.Number("SELECT count(*) FROM readings WHERE value IS NOT NULL")!.Value;
    }

    /// <summary>Copies all of it into a new file.</summary>
    /// <exception cref="ArchiveNotReadyException">It cannot be written.</exception>
    public Task CopyTo(string path, CancellationToken cancellation = default) => _file.CopyTo(path, cancellation);

    /// <summary>Opens the archive in a folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ArchiveRefusedException">It cannot be used.</exception>
    public static OpenedArchive Open(string folder)
    {
        var options = new ArchiveOptions { Folder = folder };
        if (!File.Exists(options.Path))
            throw new FileNotFoundException($"There is no archive {Path.GetFullPath(options.Path)}: name the engine's folder with --data.");
        var file = new ArchiveFile(Options.Create(options));
        file.Open();
        return new OpenedArchive(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
