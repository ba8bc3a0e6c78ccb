using CanhLu.GatewaySim.Misbehaving;

namespace CanhLu.GatewaySim;

/// <summary>How the pretended carriers are set up. As given here they behave.</summary>
public sealed record GatewaySimOptions
{
    /// <summary>Where it listens; port 0 for any free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The share of telephones without Zalo, 0 to 1 in tenths: those whose number ends in a digit below ten times the share.</summary>
    public double NoZalo { get; init; }

    /// <summary>From the acceptance of a message to its receipt.</summary>
    public TimeSpan ReceiptDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The share of SMS that never reach the telephone, 0 to 1.</summary>
    public double Undelivered { get; init; }

    /// <summary>Whether the same text to the same telephone within five minutes is refused, as eSMS does.</summary>
    public bool RefuseRepeats { get; init; }

    /// <summary>Whether Zalo refuses a <c>tracking_id</c> that it has seen; the real one is not known to.</summary>
    public bool ZaloBlocksRepeats { get; init; }

    /// <summary>How many SMS a second are taken; 0 for any number.</summary>
    public int EsmsPerSecond { get; init; }

    /// <summary>How many Zalo messages a second are taken; 0 for any number.</summary>
    public int ZaloPerSecond { get; init; }

    /// <summary>How many Zalo messages a day are taken.</summary>
    public int ZaloDailyQuota { get; init; } = 1_000_000;

    /// <summary>What is in the account with eSMS at first, đồng. It is shown, and refuses nothing: a mode does.</summary>
    public decimal EsmsBalance { get; init; } = 5_000_000_000m;

    /// <summary>The keys that eSMS asks for; null to take any.</summary>
    public string? EsmsApiKey { get; init; }

    /// <summary>See <see cref="EsmsApiKey"/>.</summary>
    public string? EsmsSecretKey { get; init; }

    /// <summary>The first access token of Zalo; null to take any until the first refresh.</summary>
    public string? ZaloAccessToken { get; init; }

    /// <summary>The first refresh token of Zalo; null to take any.</summary>
    public string? ZaloRefreshToken { get; init; }

    /// <summary>The app's id: named in webhooks, and part of their signature.</summary>
    public string ZaloAppId { get; init; } = "1234567890123456789";

    /// <summary>The app's secret, asked for at a refresh; null to take any.</summary>
    public string? ZaloAppSecret { get; init; }

    /// <summary>The official account's id.</summary>
    public string ZaloOaId { get; init; } = "9876543210987654321";

    /// <summary>The official account's secret: signs the webhooks.</summary>
    public string ZaloOaSecret { get; init; } = "oa-secret";

    /// <summary>Where Zalo's events go; null for nowhere. <see cref="PretendCarriers.ZaloWebhook"/> changes it.</summary>
    public Uri? ZaloWebhook { get; init; }

    /// <summary>The texts of the approved Zalo templates by their id, with slots in braces or pointed brackets; a handset shows them filled in.</summary>
    public IReadOnlyDictionary<string, string> ZaloTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>What goes wrong from the start.</summary>
    public IReadOnlyList<Misbehaviour> Misbehaviours { get; init; } = [];

    /// <summary>Draws everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;
}
