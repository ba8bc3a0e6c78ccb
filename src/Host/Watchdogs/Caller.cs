using System.Collections.Frozen;
using System.Globalization;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;

namespace CanhLu.Host.Watchdogs;

/// <summary>Sends one SMS to one person by the first carrier that takes it.</summary>
/// <param name="carriers">The carriers, the one to try first first.</param>
/// <param name="patience">How long it tries.</param>
/// <param name="time">Real time.</param>
sealed class Caller(IReadOnlyList<ICarrier> carriers, TimeSpan patience, TimeProvider time)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    long _calls;

    /// <summary>Whether there is anybody to call by.</summary>
    public bool CanCall => carriers.Any(carrier => carrier.CanSay(Said("")));

    /// <summary>Sends it.</summary>
    /// <returns>The carrier that has taken it; or why none has.</returns>
    public async Task<(string? Carrier, string? Failure)> Call(PhoneNumber phone, string text, CancellationToken stopping)
    {
        var (began, why) = (time.GetTimestamp(), "no carrier of SMS is configured");
        // Unlike an engine's keys: two machines with the same account must never name two letters alike.
        var key = string.Create(CultureInfo.InvariantCulture, $"watchdog-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{++_calls}");
        var open = carriers.Where(carrier => carrier.CanSay(Said(text))).ToList();
        while (open.Count > 0)
        {
            foreach (var carrier in open.ToArray())
            {
                switch (await carrier.Tell(new Letter($"{key}-{carrier.KeyLetter}", phone, Said(text)), stopping))
                {
                    case Receipt.Accepted or Receipt.Delivered or Receipt.Seen:
                        return (carrier.Id, null);
                    case Receipt.Refused refused:
                        why = $"{carrier.Id}: {refused.Code} {refused.Reason}";
                        open.Remove(carrier);
                        break;
                    case Receipt.ChannelStopped stopped:
                        why = $"{carrier.Id}: {stopped.Code} {stopped.Reason} {stopped.Remedy}";
                        open.Remove(carrier);
                        break;
                    case Receipt.TryLater later:
                        why = $"{carrier.Id}: {later.Code} {later.Reason}";
                        break;
                    case Receipt.Ambiguous doubt:
                        why = $"{carrier.Id}: {doubt.Reason}";
                        break;
                }
            }
            if (time.GetElapsedTime(began) >= patience)
                break;
            await Task.Delay(Pause, time, stopping);
        }
        return (null, why);
    }

    static Wording Said(string text) => new(text, Unaccented.Of(text), null, FrozenDictionary<string, string>.Empty);
}
