namespace CanhLu.Tests.Notify;

/// <summary>The configuration of the part against the pretended carriers.</summary>
static class GatewaySettings
{
    public const string Secret = "0123456789abcdef";

    /// <summary>None is asked twice because this machine is slow.</summary>
    public const string Patient = "00:00:20";

    /// <summary>For carriers that are slow on purpose.</summary>
    public const string Impatient = "00:00:00.500";

    /// <param name="carriers">Where the carriers are.</param>
    /// <param name="back">Where they report.</param>
    /// <param name="rate">What was agreed with each, messages a second.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    public static Dictionary<string, string?> Of(Uri carriers, string back, int rate, string timeout = Patient) => new()
    {
        ["Carriers:Esms:BaseUrl"] = carriers.ToString(),
        ["Carriers:Esms:ApiKey"] = "api-key",
        ["Carriers:Esms:SecretKey"] = "secret-key",
        ["Carriers:Esms:Brandname"] = "CanhLu",
        ["Carriers:Esms:RatePerSecond"] = $"{rate}",
        ["Carriers:Esms:Timeout"] = timeout,
        ["Carriers:Esms:CallbackBaseUrl"] = back,
        ["Carriers:Esms:CallbackSecret"] = Secret,
        ["Carriers:Zalo:BaseUrl"] = carriers.ToString(),
        ["Carriers:Zalo:OAuthUrl"] = carriers.ToString(),
        ["Carriers:Zalo:AppId"] = "1234",
        ["Carriers:Zalo:AppSecret"] = "app-secret",
        ["Carriers:Zalo:OaSecret"] = "oa-secret",
        ["Carriers:Zalo:AccessToken"] = "access-0",
        ["Carriers:Zalo:RefreshToken"] = "refresh-0",
        ["Carriers:Zalo:RatePerSecond"] = $"{rate}",
        ["Carriers:Zalo:Concurrency"] = "50",
        ["Carriers:Zalo:Timeout"] = timeout,
        ["Carriers:Zalo:QuotaProbeAfter"] = "00:00:01",
        ["Carriers:Zalo:CallbackSecret"] = Secret,
    };
}
