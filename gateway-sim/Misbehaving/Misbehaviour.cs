namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>An order to go wrong. Without a count, a probability and a duration it holds for every message until it is taken back.</summary>
/// <param name="Carrier"><c>esms</c> or <c>zalo</c>.</param>
/// <param name="Mode">How.</param>
/// <param name="Count">For how many messages; null for any number.</param>
/// <param name="Probability">With which chance a message is struck, 0 to 1; null for always.</param>
/// <param name="Duration">For how long; null for ever.</param>
/// <param name="Delay">How late, for the slow and late modes; null for two seconds.</param>
/// <param name="Code">The code to refuse with, for <see cref="Mode.Code"/>.</param>
public sealed record Misbehaviour(
    string Carrier, Mode Mode, int? Count = null, double? Probability = null, TimeSpan? Duration = null, TimeSpan? Delay = null, string? Code = null);
