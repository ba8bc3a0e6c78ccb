using System.Globalization;
using System.Text;
using CanhLu.Database;
using CanhLu.Host;
using CanhLu.Ingest;
using CanhLu.Notify;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanhLu.Bench;

/// <summary>The operations store that every engine of the bench begins with: an account for each device, and one person in each area.</summary>
sealed class Town : IDisposable
{
    const long FirstPhone = 901_000_000;

    readonly IReadOnlyList<string> _passwords;

    /// <param name="folder">Where its folders are made; null for the machine's temporary files.</param>
    /// <param name="devices">How many devices have an account.</param>
    public Town(string? folder, int devices = BenchSite.Stations)
    {
        if (folder is not null)
            System.IO.Directory.CreateDirectory(folder);
        Folder = folder is null
            ? System.IO.Directory.CreateTempSubdirectory("canhlu-load-").FullName
            : System.IO.Directory.CreateDirectory(Path.Combine(folder, $"canhlu-load-{Environment.ProcessId}")).FullName;
        using var operations = Operations.Open(Store);
        var accounts = new Accounts(new DoorMemory(operations), Clocks.Now);
        _passwords = accounts.AddDevices([.. Enumerable.Range(0, devices).Select(Load.DeviceName)], "bench");
        var roster = new StringBuilder("name,phone,ward_code,language,lowest_level\n");
        for (var i = 0; i < BenchSite.Areas; i++)
            roster.Append(CultureInfo.InvariantCulture, $"Người {i},0{FirstPhone + i},{BenchSite.AreaCode(i)},vi,I\n");
        using var csv = new StringReader(roster.ToString());
        var site = BenchSite.Of();
        var added = new Roster(operations, () => site, Clocks.Now, NullLogger<Roster>.Instance).Import(csv).Added;
        if (added != BenchSite.Areas)
            throw new InvalidOperationException($"{added} of {BenchSite.Areas} people were taken into the roster.");
    }

    public string Folder { get; }

    string Store => Path.Combine(Folder, "operations.db");

    public string Password(int device) => _passwords[device];

    /// <summary>Whose area a telephone belongs to; −1: nobody's.</summary>
    public static int AreaOf(string phone) =>
        long.TryParse(phone, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number - FirstPhone is >= 0 and < BenchSite.Areas and var area
            ? (int)area
            : -1;

    /// <summary>A data folder for one engine.</summary>
    public string NewDataFolder()
    {
        var folder = Path.Combine(Folder, Path.GetRandomFileName());
        System.IO.Directory.CreateDirectory(folder);
        foreach (var file in System.IO.Directory.GetFiles(Folder, "operations.db*"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    public void Dispose() => System.IO.Directory.Delete(Folder, recursive: true);
}
