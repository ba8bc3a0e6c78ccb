using System.Globalization;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>One line that is written over itself once a second while work goes on; and a last one that stays.</summary>
static class Progress
{
    /// <summary>Awaits work, and shows what it has done meanwhile.</summary>
    public static async Task<T> Show<T>(Task<T> work, Func<string> line, TimeProvider time)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
            if (!Console.IsErrorRedirected)
            {
                await Console.Error.WriteAsync($"\r{line()}\u001b[K");
            }
        }

        await Console.Error.WriteLineAsync(Console.IsErrorRedirected ? line() : $"\r{line()}\u001b[K");
        return await work;
    }

    /// <summary>The counts of a link in one line.</summary>
    public static string Of(Link.Counts counts, string? trouble) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counts.Sent:N0} sent, {counts.Acknowledged:N0} acknowledged ({counts.Readings:N0} readings), {counts.InFlight:N0} in flight, {counts.Repeated:N0} repeated, {counts.Refused:N0} refused, {counts.Connects:N0} connects{(trouble is null ? "" : $"; {trouble}")}");
}
