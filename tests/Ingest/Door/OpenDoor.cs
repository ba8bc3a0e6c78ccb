using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A door on a free port of this machine, before an archive in memory and an intake that knows some gauges.</summary>
sealed class OpenDoor : IAsyncDisposable
{
    public const string Gauge = "tk-01";
    public const string OtherGauge = "tk-02";
    public const string Technician = "minh";

    readonly WebApplication _host;

    OpenDoor(WebApplication host, ArchiveEnd archive, River river, Said said, IDoorMemory memory, IReadOnlyDictionary<string, string> secrets)
    {
        _host = host;
        Archive = archive;
        River = river;
        Said = said;
        Memory = memory;
        Secrets = secrets;
        var ports = host.Urls.Select(url => new Uri(url).Port).ToArray();
        (Port, TlsPort) = (ports[0], ports[^1]);
        Door = host.Services.GetRequiredService<Door>();
    }

    public int Port { get; }

    public int TlsPort { get; }

    public Door Door { get; }

    public ArchiveEnd Archive { get; }

    public River River { get; }

    public Said Said { get; }

    public IDoorMemory Memory { get; }

    public Accounts Accounts => Door.Accounts;

    public IReadOnlyDictionary<string, string> Secrets { get; }

    public static async Task<OpenDoor> Open(
        Action<DoorOptions>? options = null, IDoorMemory? memory = null, TimeProvider? time = null, ArchiveEnd? archive = null,
        IReadOnlyDictionary<string, string>? secrets = null, X509Certificate2? tls = null, X509Certificate2? authority = null)
    {
        var river = new River(new Device(OtherGauge, River.GaugeModel, null, "Hai"));
        memory ??= new PassingMemory();
        archive ??= new ArchiveEnd();
        var said = new Said();
        var clock = RealTime.Clock;
        if (secrets is null)
        {
            var accounts = new Accounts(memory, clock);
            secrets = new Dictionary<string, string>
            {
                [Gauge] = accounts.AddDevice(Gauge, "test"),
                [OtherGauge] = accounts.AddDevice(OtherGauge, "test"),
                [Technician] = accounts.AddTechnician(Technician, null, "test"),
            };
        }
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.ListenDoor(new IPEndPoint(IPAddress.Loopback, 0));
            if (tls is not null)
                kestrel.ListenDoor(new IPEndPoint(IPAddress.Loopback, 0), tls, authority);
        });
        builder.Logging.AddProvider(said).SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services
            .AddSingleton<IMeterFactory>(river.Meters).AddSingleton(memory).AddSingleton(river.Intake).AddSingleton(river.Metrics).AddSingleton(archive.Writer)
            .AddSingleton(clock).AddSingleton(time ?? RealTime.Provider)
            .AddDoor(options);
        var host = builder.Build();
        await host.StartAsync();
        return new OpenDoor(host, archive, river, said, memory, secrets);
    }

    public Task<RawClient> Dial() => RawClient.Dial(Port);

    public Task<CommandFate> Command(string device, byte[] payload) =>
        Door.SendCommand(device, payload, Xunit.TestContext.Current.CancellationToken);

    /// <summary>A client whose CONNECT was accepted.</summary>
    public async Task<RawClient> Enter(
        string account = Gauge, int version = 4, string? clientId = null, bool clean = true, byte[]? properties = null, ushort keepAlive = 60,
        RawWill? will = null)
    {
        var client = await Dial();
        client.Version = version;
        await client.Send(Packet.Connect(version, clientId ?? account, account, Secrets[account], clean, keepAlive, properties, will));
        var answer = await client.Receive();
        Xunit.Assert.Equal((0x20, 0), (answer!.First, answer.Body[1]));
        client.Connack = answer;
        return client;
    }

    /// <summary>Lets time pass in steps of half a second, and the door's ticks with it.</summary>
    public async Task Pass(FakeTimeProvider time, TimeSpan span)
    {
        var step = TimeSpan.FromSeconds(Math.Max(0.5, span.TotalSeconds / 100));
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
        {
            var ticks = Door.Ticks;
            var due = Math.Floor((time.GetUtcNow() - time.Start + step).TotalSeconds) > Math.Floor((time.GetUtcNow() - time.Start).TotalSeconds);
            time.Advance(step);
            if (due)
                await Soon.True(() => Door.Ticks > ticks);
        }
    }

    /// <summary>Lets time pass until something has happened.</summary>
    public async Task PassUntil(FakeTimeProvider time, Task happened)
    {
        for (var i = 0; i < 1_000 && !happened.IsCompleted; i++)
        {
            await Pass(time, TimeSpan.FromSeconds(1));
            await Task.WhenAny(happened, Task.Delay(TimeSpan.FromMilliseconds(20), RealTime.Provider));
        }
    }

    public async Task Stop() => await _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        await _host.DisposeAsync();
        await Archive.Stop();
    }
}
