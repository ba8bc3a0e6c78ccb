using CanhLu.GatewaySim.Handsets;

namespace CanhLu.GatewaySim;

/// <summary>What the carriers have done so far.</summary>
/// <param name="Esms">SMS.</param>
/// <param name="Zalo">Zalo.</param>
public sealed record GatewayStats(CarrierStats Esms, CarrierStats Zalo)
{
    /// <summary>Both together.</summary>
    public CarrierStats Total => Esms + Zalo;
}
