using CanhLu.Database;
using CanhLu.FirmwareSim;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.October;
using CanhLu.Host.Commands;
using CanhLu.Host.Demo;
using CanhLu.Ingest;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Host.Drill;

/// <summary>An exercise from end to end: an engine of its own on a store of its own, in which nobody is but the drill's people, plays a flood of the past through the real carriers.</summary>
/// <remarks>It shares nothing with the real engine but the carriers, of which it takes one message a second at most.</remarks>
sealed class FloodDrill(Site site, DrillOptions options, TimeProvider time)
{
    const string NoteVi = "DIỄN TẬP: không có lũ thật. Chỉ những người trong danh sách diễn tập nhận tin, và mỗi tin bắt đầu bằng [DIỄN TẬP].";
    const string NoteEn = "EXERCISE: there is no real flood. Only the people of the drill's roster are told, and every message begins with [DIỄN TẬP].";

    static readonly Duration _afterTheFlood = Duration.FromMinutes(10);
    static readonly TimeSpan _settleWithin = TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var data = DataFolder.Take(options.DataFolder);
        if (Directory.EnumerateFileSystemEntries(options.DataFolder).Any(entry => Path.GetExtension(entry) != ".lock"))
        {
            await System.Console.Error.WriteLineAsync($"{Path.GetFullPath(options.DataFolder)} is not empty: one drill, one folder. Give another one with --data.");
            return ExitCode.No;
        }
        var clock = new FastClock(OctoberFlood.Begins, OctoberFlood.Ends + _afterTheFlood, options.Speed, time);
        await using var engine = Engine.Build(site with { IsDrill = true, Broker = null, Canary = null }, Settings, clock, time);
        if (engine.Services.GetServices<ICarrier>().All(carrier => !carrier.CanSay(AnyWords)))
        {
            await System.Console.Error.WriteLineAsync("No carrier of SMS is configured, so the drill could tell nobody: give CANHLU_Carriers__… as to the real engine.");
            return ExitCode.No;
        }
        using (var csv = DrillRoster.Checked(options.Roster.OpenText()))
        {
            var report = engine.Services.GetRequiredService<Roster>().Import(csv);
            System.Console.Out.WriteLine($"{report.Added} people take part; {report.Rejected.Count} remarks on refused lines.");
        }
        var accounts = engine.Services.GetRequiredService<Accounts>();
        var credentials = OctoberFlood.Devices.ToDictionary(device => device, device => new Credential(device, accounts.AddDevice(device, "drill")));
        try
        {
            await PlayAsync(engine, clock, credentials, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The drill was ended before the flood was: it is scored as far as it came.
        }
        finally
        {
            await engine.StopAsync(CancellationToken.None);
        }
        DrillScore.Of(engine.Services.GetRequiredService<Operations>(), options.Speed).Write(options.Json);
        return ExitCode.Done;
    }

    static Wording AnyWords { get; } = new("", "", null, System.Collections.Frozen.FrozenDictionary<string, string>.Empty);

    async Task PlayAsync(WebApplication engine, FastClock clock, Dictionary<string, Credential> credentials, CancellationToken stop)
    {
        await engine.StartAsync(stop);
        System.Console.Out.WriteLine($"[DIỄN TẬP] {NoteVi}");
        System.Console.Out.WriteLine($"[EXERCISE] {NoteEn}");
        System.Console.Out.WriteLine($"  Trang trực / duty page    {options.Urls}");
        FirstAccount.Say(engine, options.Urls);
        clock.Start();
        await using var fleet = new Fleet(new("127.0.0.1", options.Mqtt.Port), device => credentials[device], clock.Until, time, new FleetOptions());
        await fleet.Play(OctoberFlood.Scripts(), stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(_ => patience.Cancel(), null, _settleWithin, Timeout.InfiniteTimeSpan);
        try
        {
            await engine.Services.GetRequiredService<Quiet>().Wait(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            System.Console.Out.WriteLine("Not everything was told within five minutes of the flood's end; the score says what was.");
        }
    }

    EngineOptions Settings => new(options.DataFolder, options.Urls, options.Mqtt)
    {
        Mode = StoreMode.Drill,
        Quiet = true,
        NoteVi = NoteVi,
        NoteEn = NoteEn,
    };
}
