namespace CanhLu.GatewaySim.Handsets;

/// <summary>The counters of both carriers.</summary>
sealed class Counters
{
    public CarrierTally Esms { get; } = new();

    public CarrierTally Zalo { get; } = new();

    public CarrierTally Of(string carrier) => carrier == Carriers.Esms ? Esms : Zalo;
}
