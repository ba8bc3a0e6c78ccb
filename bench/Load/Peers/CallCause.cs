namespace CanhLu.Bench.Peers;

/// <summary>Why a call came.</summary>
enum CallCause
{
    /// <summary>The stage reached the level.</summary>
    Threshold,

    /// <summary>The water rises fast.</summary>
    Rate,
}
