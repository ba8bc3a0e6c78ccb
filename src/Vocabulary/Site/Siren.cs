namespace CanhLu;

/// <summary>A siren or a loudspeaker that warns one area.</summary>
/// <param name="Id">Its account at the front door or the broker, and its level in topics; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</param>
/// <param name="Area">The code of the area that hears it.</param>
/// <param name="Name">What people call it.</param>
public sealed record Siren(string Id, string Area, string Name);
