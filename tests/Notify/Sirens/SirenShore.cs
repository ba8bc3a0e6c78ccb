using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using CanhLu.Notify.Sirens;
using CanhLu.Tests.Ingest;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.Extensions.Options;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify.Sirens;

/// <summary>A small city whose wards have sirens, before a line that keeps what was retained on it.</summary>
sealed class SirenShore : IDisposable
{
    public const string Siren = "loa-1";
    public const string OtherWard = "20335";
    public static readonly string Topic = $"canhlu/tam-ky/warnings/{River.Ward}";

    readonly Meters _meters = new();
    SirenPublisher? _publisher;

    public SirenShore() => River.Site = River.Site with
    {
        Sirens = new[] { new Siren(Siren, River.Ward, "Loa Tam Kỳ"), new Siren("loa-2", OtherWard, "Loa Bàn Thạch") }.ToFrozenDictionary(siren => siren.Id),
    };

    public River River { get; } = new();

    public FakeClock Clock { get; } = new(River.Now);

    public RetainingLine Line { get; } = new();

    public Lines<SirenPublisher> Log { get; } = new();

    public Meters Meters => _meters;

    public SirenPublisher Publisher => _publisher ??= New();

    public Task Look() => Publisher.Look(TestContext.Current.CancellationToken);

    /// <summary>As after a kill: nothing is remembered but what is in the store, and the line has forgotten everything.</summary>
    public void Restart()
    {
        River.PullThePlug();
        River.Reopen();
        Line.Forget();
        _publisher?.Dispose();
        _publisher = null;
    }

    /// <summary>What is retained on a topic; null for nothing.</summary>
    public JsonObject? On(string topic) => Line.Retained.TryGetValue(topic, out var payload) ? JsonNode.Parse(payload)!.AsObject() : null;

    public string Says(string topic) => On(topic) is { } message ? $"{message["state"]} {message["level"]} {message["bulletin_id"]} {message["sequence"]}" : "nothing";

    public bool Hear(string siren, string message) => Line.Heard!(siren, Encoding.UTF8.GetBytes(message));

    public void End(long episode) => River.Operations.Write(connection =>
        connection.Execute("UPDATE episodes SET ended_at = @now WHERE id = @episode", new { episode, now = Clock.GetCurrentInstant() }));

    public void Stop(long bulletin) => River.Operations.Write(connection => connection.Execute(
        "UPDATE bulletins SET stopped_at = @now, stopped_by = 'An', stop_reason = 'nhầm' WHERE id = @bulletin", new { bulletin, now = Clock.GetCurrentInstant() }));

    public void Dispose()
    {
        _publisher?.Dispose();
        _meters.Dispose();
        River.Dispose();
    }

    SirenPublisher New() => new(
        new SirenBook(River.Operations), Line, () => River.Site, Options.Create(new SirenOptions()), new SirenMetrics(_meters), new ChangeSignal(), Clock,
        RealTime.Provider, Log);

    /// <summary>A line in memory, that can be cut.</summary>
    internal sealed class RetainingLine : ISirenLine
    {
        public ConcurrentDictionary<string, string> Retained { get; } = [];

        public int Posts { get; private set; }

        public string Name => "memory";

        public long Risen { get; private set; } = 1;

        public string? Trouble { get; set; }

        public Func<string, ReadOnlyMemory<byte>, bool>? Heard { get; set; }

        public void Forget()
        {
            Retained.Clear();
            Risen++;
        }

        public void Seat(Site site)
        {
        }

        public Task<bool> State(string topic, byte[] payload, CancellationToken cancellation)
        {
            if (Trouble is not null)
                return Task.FromResult(false);
            Posts++;
            if (payload.Length == 0)
                Retained.TryRemove(topic, out _);
            else
                Retained[topic] = Encoding.UTF8.GetString(payload);
            return Task.FromResult(true);
        }
    }
}
