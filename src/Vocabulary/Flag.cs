namespace CanhLu;

/// <summary>What quality control says of a reading: the QARTOD flags (U.S. IOOS, Manual for Real-Time Quality Control of Water Level Data).</summary>
/// <remarks>Doubt never deletes: every reading is kept. <see cref="Good"/>, <see cref="NotEvaluated"/> and <see cref="Suspect"/> may raise an
/// alarm, because a real flood looks suspect; <see cref="Fail"/> and <see cref="Missing"/> neither raise nor clear one.</remarks>
public enum Flag : byte
{
    /// <summary>Every test passed.</summary>
    Good = 1,

    /// <summary>No test has spoken yet.</summary>
    NotEvaluated = 2,

    /// <summary>Suspect, or of high interest.</summary>
    Suspect = 3,

    /// <summary>Cannot be true.</summary>
    Fail = 4,

    /// <summary>There is no value.</summary>
    Missing = 9,
}
