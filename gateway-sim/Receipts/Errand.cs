using CanhLu.GatewaySim.Handsets;

namespace CanhLu.GatewaySim.Receipts;

/// <summary>Something to do for a letter later.</summary>
/// <param name="Letter">Which.</param>
/// <param name="Settles">True to bring it to its telephone, false to send its receipt.</param>
/// <param name="Attempt">How often the receipt was sent before.</param>
readonly record struct Errand(Letter Letter, bool Settles, int Attempt);
