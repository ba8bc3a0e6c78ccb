using NodaTime;

namespace CanhLu.Notify;

/// <summary>How far a broadcast is, and when it will be done.</summary>
/// <param name="Total">Its deliveries, without those that another carrier tells instead, and what is held back.</param>
/// <param name="Waiting">Those that have no lasting answer yet.</param>
/// <param name="Ahead">Deliveries of other bulletins that go before them at the same carriers.</param>
/// <param name="PerSecond">Letters of it handed over a second, the mean of the last ten seconds.</param>
/// <param name="LeftSeconds">How long it still takes, real time, from the agreed rates (or what a busy carrier really takes, when that is less) and what goes before it; 0 when it
/// is done; null when it waits for a carrier that takes nothing.</param>
/// <param name="FinishesAt">When that will be, by the engine's clock; null as above, and when it is done.</param>
public sealed record BroadcastProgress(long Total, long Waiting, long Ahead, double PerSecond, double? LeftSeconds, Instant? FinishesAt);
