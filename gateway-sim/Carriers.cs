namespace CanhLu.GatewaySim;

/// <summary>The ids of the carriers that are pretended.</summary>
public static class Carriers
{
    /// <summary>SMS by eSMS.</summary>
    public const string Esms = "esms";

    /// <summary>Zalo template messages.</summary>
    public const string Zalo = "zalo";
}
