using System.Collections.Frozen;

namespace CanhLu.Notify;

/// <summary>What one bulletin says in one language.</summary>
/// <param name="Text">The full text, with its marks.</param>
/// <param name="Sms">The text for SMS, without marks.</param>
/// <param name="ZaloTemplate">The id of the approved Zalo template; null when there is none.</param>
/// <param name="Slots">The slots that the template has, filled.</param>
public sealed record Wording(string Text, string Sms, string? ZaloTemplate, FrozenDictionary<string, string> Slots);
