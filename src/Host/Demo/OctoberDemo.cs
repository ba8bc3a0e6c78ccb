using System.Globalization;
using System.Security.Cryptography;
using CanhLu.FirmwareSim;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.October;
using CanhLu.GatewaySim;
using CanhLu.Ingest;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace CanhLu.Host.Demo;

/// <summary>The flood of October 2025 at Tam Kỳ through the real engine: its own front door, pretend devices, pretend carriers.</summary>
sealed class OctoberDemo(Site site, DemoOptions options, TimeProvider time)
{
    const string NoteVi =
        "Trình diễn: trận lũ 28–31/10/2025 tại Tam Kỳ. Chỉ ba số liệu là chính thức (2,44 m; 2,68 m; 2,72 m); đường quá trình giữa các số liệu ấy là dựng lại. "
        + "Hai trạm kia, các điểm Wi-Fi, camera và người nhận đều là giả định.";

    const string NoteEn =
        "Demonstration: the flood of 28–31 October 2025 at Tam Kỳ. Three values are official (2.44 m, 2.68 m, 2.72 m); the curve between them is a reconstruction. "
        + "The other two stations, the Wi-Fi points, the cameras and the people are invented.";

    /// <summary>A telephone in the pretend carriers has no Zalo when its number ends in 0, 1 or 2.</summary>
    const double NoZalo = 0.3;

    static readonly Duration AfterTheFlood = Duration.FromMinutes(10);
    static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("canhlu-demo-");
        try
        {
            var clock = new FastClock(OctoberFlood.Begins, options.Until ?? OctoberFlood.Ends + AfterTheFlood, options.Speed, time);
            await using var carriers = await PretendCarriers.Start(
                new GatewaySimOptions { Url = options.Handsets, NoZalo = NoZalo, ZaloTemplates = ZaloTemplates() }, clock, time, stop);
            var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
            await using var engine = Engine.Build(site with { Canary = null }, Options(folder.FullName, carriers.Address, secret), clock, time);
            var accounts = engine.Services.GetRequiredService<Accounts>();
            var credentials = OctoberFlood.Devices.ToDictionary(device => device, device => new Credential(device, accounts.AddDevice(device, "demo")));
            ImportRoster(engine.Services.GetRequiredService<Roster>());
            try
            {
                return await PlayAsync(engine, carriers, clock, credentials, secret, stop);
            }
            finally
            {
                // Told to stop in the middle, it still drains and says goodbye in order.
                await engine.StopAsync(CancellationToken.None);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task<int> PlayAsync(
        WebApplication engine, PretendCarriers carriers, FastClock clock, Dictionary<string, Credential> credentials, string secret, CancellationToken stop)
    {
        await engine.StartAsync(stop);
        carriers.ZaloWebhook = new Uri($"{options.Urls.Split(';')[0]}/callbacks/zalo/{secret}");

        var story = new DemoStory(site, options, engine.Services, clock, time);
        story.Open();
        clock.Start();
        await using var fleet = new Fleet(new("127.0.0.1", options.Mqtt.Port), device => credentials[device], clock.Until, time, new FleetOptions());
        var sent = await story.Tell(fleet.Play(OctoberFlood.Scripts(), stop), () => fleet.Counts, stop);
        await SettleAsync(engine.Services, stop);
        var result = await new DemoFacts(site, engine.Services, carriers).Count(sent, stop);
        story.Close(result);
        if (!options.Headless)
            await engine.WaitForShutdownAsync(stop);
        return result is { Lost: 0, Doubled: 0 } ? 0 : 1;
    }

    EngineOptions Options(string folder, Uri carriers, string secret) => new(folder, options.Urls, options.Mqtt)
    {
        Quiet = true,
        NoteVi = NoteVi,
        NoteEn = NoteEn,
        Settings = new Dictionary<string, string?>
        {
            // A visitor of a demonstration signs in to nothing; it is refused where other machines could visit.
            ["Accounts:Mode"] = "open",
            // Whoever reads the demo's alerts must not take the flood for a real one.
            ["Cap:Status"] = "Test",
            ["Carriers:Esms:BaseUrl"] = carriers.ToString(),
            ["Carriers:Esms:ApiKey"] = "demo",
            ["Carriers:Esms:SecretKey"] = "demo",
            ["Carriers:Esms:Brandname"] = "CANHLU",
            ["Carriers:Esms:CallbackBaseUrl"] = options.Urls.Split(';')[0],
            ["Carriers:Esms:CallbackSecret"] = secret,
            ["Carriers:Zalo:BaseUrl"] = carriers.ToString(),
            ["Carriers:Zalo:OAuthUrl"] = carriers.ToString(),
            ["Carriers:Zalo:AppId"] = new GatewaySimOptions().ZaloAppId,
            ["Carriers:Zalo:AppSecret"] = "demo",
            ["Carriers:Zalo:OaSecret"] = new GatewaySimOptions().ZaloOaSecret,
            ["Carriers:Zalo:RefreshToken"] = "demo",
            ["Carriers:Zalo:CallbackSecret"] = secret,
        },
    };

    // A handset shows what the template says: the carrier fills the slots, as the real one does.
    Dictionary<string, string> ZaloTemplates() =>
        site.Templates.Where(template => template.ZaloTemplate is not null).DistinctBy(template => template.ZaloTemplate)
            .ToDictionary(template => template.ZaloTemplate!, template => template.Text);

    static void ImportRoster(Roster roster)
    {
        using var csv = new StreamReader(typeof(OctoberDemo).Assembly.GetManifestResourceStream("demo-roster.csv")!);
        roster.Import(csv);
    }

    async Task SettleAsync(IServiceProvider engine, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(_ => patience.Cancel(), null, SettleWithin, Timeout.InfiniteTimeSpan);
        try
        {
            await engine.GetRequiredService<Quiet>().WaitForReports(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            DemoStory.Say(string.Create(CultureInfo.InvariantCulture, $"Not everything was settled within {SettleWithin.TotalSeconds} s; the figures say what was."));
        }
    }
}
