namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>The ways in which a carrier goes wrong.</summary>
public enum Mode
{
    /// <summary>It answers late.</summary>
    Slow,

    /// <summary>It answers 500 with a page of HTML; the message is not taken.</summary>
    Http500,

    /// <summary>It cuts the connection; the message is not taken.</summary>
    Cut,

    /// <summary>It takes the message, and cuts the connection instead of answering.</summary>
    LostAnswer,

    /// <summary>It answers 200 with something that is no JSON; the message is not taken.</summary>
    NotJson,

    /// <summary>It says that the quota or the balance is used up.</summary>
    Quota,

    /// <summary>It forgets every access token, until a refresh.</summary>
    TokenExpired,

    /// <summary>It says that too many come a second.</summary>
    Tps,

    /// <summary>It refuses with a given code.</summary>
    Code,

    /// <summary>It sends the receipt late.</summary>
    ReceiptsLate,

    /// <summary>It sends the receipt twice.</summary>
    ReceiptsTwice,

    /// <summary>It sends no receipt.</summary>
    ReceiptsLost,

    /// <summary>It takes the message, which never reaches its telephone, and says nothing of it ever.</summary>
    NeverArrives,
}
