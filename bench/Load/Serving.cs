using System.Diagnostics;
using System.Text.Json;

namespace CanhLu.Bench;

/// <summary>The engine alone in a process, asked by lines: what <see cref="EngineApart"/> starts. So its CPU time and memory are its own, and its sockets not the generator's.</summary>
static class Serving
{
    public const string Command = "serve";
    public const string Ask = "ask";
    public const string Collect = "collect";
    public const string Stop = "stop";

    public static async Task<int> RunAsync(int stations, string folder, string? brokerUrl)
    {
        var began = Stopwatch.GetTimestamp();
        var broker = brokerUrl is null ? null : new Broker(brokerUrl, "canhlu-load", null, 1, 1000, null, null);
        await using var engine = await BenchEngine.StartAsync(folder, keepsFolder: true, broker, carrier: null, stations);
        Say(new Started(engine.Port, engine.Page, Stopwatch.GetElapsedTime(began).TotalSeconds));
        while (await System.Console.In.ReadLineAsync() is { } line)
        {
            if (line == Stop)
            {
                Say(new Ended(await engine.StopAndCountAsync()));
                return 0;
            }
            if (line == Collect)
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Say(new Standing(engine.Stored, GC.GetTotalMemory(forceFullCollection: false), engine.Commits));
        }
        return 0;
    }

    static void Say<T>(T what) => System.Console.WriteLine(JsonSerializer.Serialize(what));

    /// <summary>It works.</summary>
    /// <param name="Port">Its door.</param>
    /// <param name="Page">Its page.</param>
    /// <param name="Seconds">From the making of the site until everything had started.</param>
    public sealed record Started(int Port, Uri Page, double Seconds);

    /// <summary>How it stands.</summary>
    /// <param name="Stored">Readings committed so far.</param>
    /// <param name="ManagedBytes">The managed heap, bytes.</param>
    /// <param name="Commits">What its commits were like.</param>
    public sealed record Standing(long Stored, long ManagedBytes, Commits Commits);

    /// <summary>It has stopped.</summary>
    /// <param name="Kept">How many different readings its file holds.</param>
    public sealed record Ended(long Kept);
}
