using System.Globalization;
using System.Net;
using System.Text;
using CanhLu.FirmwareSim.Link;
using CanhLu.GatewaySim;
using CanhLu.Host;
using CanhLu.Host.Demo;
using CanhLu.Host.SiteFiles;
using CanhLu.Ingest;
using CanhLu.Notify;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanhLu.Tests.Flow;

/// <summary>A town with many stations of one gauge each, some people in four wards, and an engine of its own: what a storm falls upon.</summary>
sealed class StormTown : IAsyncDisposable
{
    static readonly string[] Wards = ["20341", "20335", "20350", "20356"];

    /// <summary>The levels of every station, as the site says them, unless a test has its own.</summary>
    const string Levels = """
                    from: 2020-01-01T00:00:00+07:00
                    I: { raise_m: 1.70, clear_m: 1.60, raise_hold: 0s, clear_hold: 0s }
                    II: { raise_m: 2.20, clear_m: 2.10, raise_hold: 0s, clear_hold: 0s }
                    III: { raise_m: 2.70, clear_m: 2.60, raise_hold: 0s, clear_hold: 0s }
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-storm-").FullName;
    readonly Dictionary<string, string> _passwords = [];

    readonly int _rate;

    readonly Uri _carriersSeenAt;

    readonly IReadOnlyDictionary<string, string> _settings;

    StormTown(int stations, PretendCarriers carriers, Uri carriersSeenAt, string? broker, string? data, string levels, int rate, IReadOnlyDictionary<string, string>? settings)
    {
        (_rate, _carriersSeenAt, _settings) = (rate, carriersSeenAt, settings ?? new Dictionary<string, string>());
        Data = data ?? Path.Combine(_folder, "data");
        var ports = FreePorts.Take(2);
        (Page, Door) = (new Uri($"http://127.0.0.1:{ports[0]}"), new IPEndPoint(IPAddress.Loopback, ports[1]));
        Carriers = carriers;
        Devices = [.. Enumerable.Range(0, stations).Select(i => $"gauge-{i:000}")];
        WriteSite(broker, levels);
        Site = SiteReader.Read(SiteFolder) is SiteVerdict.Right right
            ? right.Site
            : throw new InvalidOperationException(string.Join('\n', ((SiteVerdict.Wrong)SiteReader.Read(SiteFolder)).Errors));
        Directory.CreateDirectory(Data);
        Engine = new EngineProcess($"run --site \"{SiteFolder}\" --data \"{Data}\" --urls {Page.ToString().TrimEnd('/')} --mqtt {Door}", Page, Settings());
    }

    public Site Site { get; }

    public string[] Devices { get; }

    public Uri Page { get; }

    public IPEndPoint Door { get; }

    public PretendCarriers Carriers { get; }

    public EngineProcess Engine { get; }

    public string Data { get; }

    public string Journal => Path.Combine(_folder, "journal.csv");

    public int People { get; private set; }

    public string SiteFolder => Path.Combine(_folder, "site");

    string Operations => Path.Combine(Data, "operations.db");

    /// <summary>Builds it; the engine is not started.</summary>
    /// <param name="stations">How many.</param>
    /// <param name="options">Its carriers.</param>
    /// <param name="broker">The outside broker's address; null for the engine's own door.</param>
    /// <param name="peoplePerWard">How many people each of the four wards has.</param>
    /// <param name="data">The engine's data folder; null for one that goes with the town.</param>
    /// <param name="rate">What was agreed with each carrier, messages a second.</param>
    /// <param name="levels">The stations' levels, four lines of the site; null for levels at 1.70, 2.20 and 2.70 m without holds.</param>
    /// <param name="settings">What its environment says besides.</param>
    /// <param name="seen">Where the engine finds the carriers that stand at an address; null for that address.</param>
    public static async Task<StormTown> Build(
        int stations, GatewaySimOptions options, string? broker = null, int peoplePerWard = 4, string? data = null, string? levels = null, int rate = 500,
        Func<Uri, Uri>? seen = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var carriers = await PretendCarriers.Start(options, RealTime.Clock, RealTime.Provider);
        var town = new StormTown(stations, carriers, seen?.Invoke(carriers.Address) ?? carriers.Address, broker, data, levels ?? Levels, rate, settings);
        carriers.ZaloWebhook = new Uri(town.Page, "callbacks/zalo/0123456789abcdef");
        using var operations = CanhLu.Database.Operations.Open(town.Operations);
        var accounts = new Accounts(new DoorMemory(operations), RealTime.Clock);
        foreach (var (device, password) in town.Devices.Zip(accounts.AddDevices(town.Devices, "storm")))
            town._passwords[device] = password;
        var roster = new StringBuilder("name,phone,ward_code,language,lowest_level\n");
        for (var i = 0; i < Wards.Length * peoplePerWard; i++)
            roster.Append(CultureInfo.InvariantCulture, $"Người {i},090{1000000 + i:0000000},{Wards[i % Wards.Length]},vi,I\n");
        using var csv = new StringReader(roster.ToString());
        town.People = new Roster(operations, () => town.Site, RealTime.Clock, NullLogger<Roster>.Instance).Import(csv).Added;
        return town;
    }

    public Credential Credential(string device) => new(device, _passwords[device]);

    /// <summary>Writes the site's main file anew, as an editor does.</summary>
    public void Edit(Func<string, string> edit)
    {
        var file = Path.Combine(SiteFolder, "site.yaml");
        File.WriteAllText(file, edit(File.ReadAllText(file)));
    }

    /// <summary>Reads the operations store.</summary>
    public T Read<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> query)
    {
        using var operations = CanhLu.Database.Operations.Open(Operations);
        return operations.Read(query);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Carriers.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    void WriteSite(string? broker, string levels)
    {
        Directory.CreateDirectory(SiteFolder);
        var shipped = CanhLu.Host.SiteFiles.SiteFolder.Default();
        File.Copy(Path.Combine(shipped, "bulletins.yaml"), Path.Combine(SiteFolder, "bulletins.yaml"));
        File.WriteAllText(
            Path.Combine(SiteFolder, "rules.yaml"), "rules:\n  - { id: bao-dong, type: stage-ladder, name: Báo động lũ, policy: auto }\n");
        var text = new StringBuilder("id: storm\nname: Storm\nzone: Asia/Ho_Chi_Minh\nfuture_tolerance: 5m\nvalidity: { warning: 6h, all_clear: 24h }\n");
        if (broker is not null)
            text.Append(CultureInfo.InvariantCulture, $"broker: {{ url: \"{broker}\", client_id: canhlu-storm, receive_maximum: 1000 }}\n");
        text.Append("tellings:\n");
        foreach (var level in (string[])["I", "II", "III", "all-clear"])
            text.Append(CultureInfo.InvariantCulture, $"  - {{ level: {level}, carriers: [zalo, esms], together: {(level == "III" ? "true" : "false")} }}\n");
        text.Append("areas:\n");
        foreach (var ward in Wards)
            text.Append(CultureInfo.InvariantCulture, $"  - {{ code: \"{ward}\", name: \"Phường {ward}\" }}\n");
        text.Append("stations:\n");
        for (var i = 0; i < Devices.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""
                  - id: station-{{i:000}}
                    name: Trạm {{i}}
                    river: Bão
                    datum: Hòn Dấu
                    latitude: 15.5
                    longitude: 108.5
                    areas: ["{{Wards[i % Wards.Length]}}"]
                    report_every: 10m
                    ladders:
                      -
                {{levels}}

                """);
        text.Append("models:\n  - id: gauge\n    kind: gauge\n    fields:\n      - { name: stage_m, quantity: stage, unit: mm, scale: 1000, min: -5, max: 20 }\ndevices:\n");
        for (var i = 0; i < Devices.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {Devices[i]}, model: gauge, station: station-{i:000}, name: Cột {i} }}\n");
        File.WriteAllText(Path.Combine(SiteFolder, "site.yaml"), text.ToString());
    }

    /// <summary>What the engine's environment says, for an engine in this process.</summary>
    public Dictionary<string, string?> OwnSettings =>
        Settings().ToDictionary(one => one.Key["CANHLU_".Length..].Replace("__", ":", StringComparison.Ordinal), string? (one) => one.Value);

    Dictionary<string, string> Settings() => new(_settings)
    {
        // Every station tells its people here, for that is what is counted.
        ["CANHLU_Notify__StormWindow"] = "00:00:00",
        ["CANHLU_Carriers__Esms__BaseUrl"] = _carriersSeenAt.ToString(),
        ["CANHLU_Carriers__Esms__ApiKey"] = "storm",
        ["CANHLU_Carriers__Esms__SecretKey"] = "storm",
        ["CANHLU_Carriers__Esms__Brandname"] = "CANHLU",
        ["CANHLU_Carriers__Esms__RatePerSecond"] = $"{_rate}",
        ["CANHLU_Carriers__Esms__CallbackBaseUrl"] = Page.ToString(),
        ["CANHLU_Carriers__Esms__CallbackSecret"] = "0123456789abcdef",
        ["CANHLU_Carriers__Zalo__BaseUrl"] = _carriersSeenAt.ToString(),
        ["CANHLU_Carriers__Zalo__OAuthUrl"] = _carriersSeenAt.ToString(),
        ["CANHLU_Carriers__Zalo__AppId"] = new GatewaySimOptions().ZaloAppId,
        ["CANHLU_Carriers__Zalo__AppSecret"] = "storm",
        ["CANHLU_Carriers__Zalo__OaSecret"] = new GatewaySimOptions().ZaloOaSecret,
        ["CANHLU_Carriers__Zalo__RefreshToken"] = "storm",
        ["CANHLU_Carriers__Zalo__CallbackSecret"] = "0123456789abcdef",
        // A report that meets a killed engine comes again after half a minute, and then after five: nobody is to be told twice for that here.
        ["CANHLU_Carriers__Zalo__ReceiptWithin"] = "01:00:00",
        ["CANHLU_Carriers__Zalo__RatePerSecond"] = $"{_rate}",
    };
}
