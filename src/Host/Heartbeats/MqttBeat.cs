using System.Text.Json;
using CanhLu.Archive;
using NodaTime;

namespace CanhLu.Host.Heartbeats;

/// <summary>Publishes the time, and how many readings have been stored ever, by the way that devices come in: at the site's broker, or to whoever listens at the engine's own door.</summary>
sealed class MqttBeat(Func<string, byte[], CancellationToken, Task<string?>> publish, string site, ArchiveState archive, IClock clock)
{
    readonly string _topic = $"canhlu/{site}/heartbeat";

    public Task<string?> Tell(CancellationToken cancellation) =>
        publish(_topic, JsonSerializer.SerializeToUtf8Bytes(new { t = clock.GetCurrentInstant().ToUnixTimeMilliseconds(), stored = archive.NextPosition - 1 }), cancellation);
}
