using CanhLu.Notify;

namespace CanhLu.Host.Watchdogs;

/// <summary>What a watchdog watches, and whom it calls.</summary>
/// <param name="Engine">The engine's page, as the second machine reaches it.</param>
/// <param name="Phones">Whom it calls, in this order.</param>
/// <param name="Every">How often it looks.</param>
/// <param name="SilentFor">How long the engine may be silent, or not keep what comes in, before people are called.</param>
/// <param name="AgainAfter">They are called again after so long, while nothing has changed.</param>
sealed record WatchdogOptions(Uri Engine, IReadOnlyList<PhoneNumber> Phones, TimeSpan Every, TimeSpan SilentFor, TimeSpan AgainAfter);
