namespace CanhLu.Tests.Host.SiteFiles;

/// <summary>Where sites lie in the repository, and copies of them to break.</summary>
static class Folders
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = Above(AppContext.BaseDirectory, "CanhLu.slnx");

    /// <summary>The shipped site.</summary>
    public static string TamKy => Path.Combine(Repository, "sites", "tam-ky");

    /// <summary>The schemas for editors.</summary>
    public static string Schemas => Path.Combine(Repository, "sites", "schema");

    /// <summary>A right site of few lines.</summary>
    public static string Small => Path.Combine(Repository, "tests", "Host", "SiteFiles", "Small");

    /// <summary>Folders that each make the small site wrong.</summary>
    public static string Wrong => Path.Combine(Repository, "tests", "Host", "SiteFiles", "Wrong");

    /// <summary>A copy of the small site, with the files of a folder laid over it, and without the files that its <c>absent.txt</c> names.</summary>
    public static DirectoryInfo SmallWith(string overlay)
    {
        var copy = Directory.CreateTempSubdirectory("canhlu-site-");
        foreach (var file in Directory.GetFiles(Small).Concat(Directory.GetFiles(overlay)))
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)), overwrite: true);
        var absent = Path.Combine(overlay, "absent.txt");
        foreach (var file in File.Exists(absent) ? File.ReadAllLines(absent) : [])
            File.Delete(Path.Combine(copy.FullName, file));
        return copy;
    }

    static string Above(string folder, string file) => File.Exists(Path.Combine(folder, file))
        ? folder
        : Above(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new FileNotFoundException($"No {file} above the tests."), file);
}
