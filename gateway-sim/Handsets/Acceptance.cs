namespace CanhLu.GatewaySim.Handsets;

/// <summary>What became of a letter that came in.</summary>
enum Acceptance
{
    /// <summary>Taken.</summary>
    Taken,

    /// <summary>Taken although its key was known.</summary>
    TakenAgain,

    /// <summary>Taken although the same text went to the same telephone before under another key: a doubled warning.</summary>
    TakenTwice,

    /// <summary>Not taken: its key is known.</summary>
    KnownKey,

    /// <summary>Not taken: the same text went to the same telephone just now.</summary>
    KnownText,
}
