namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>What the <c>error</c> of a template message means for us.</summary>
static class ZaloCodes
{
    public const string Ok = "0";
    public const string TokenInvalid = "-124";

    public const string AuthoriseAnew = "Authorise the app anew at developers.zalo.me and set Carriers:Zalo:RefreshToken to the new refresh token; then start again.";

    const string App = "Check the app and the official account at developers.zalo.me and Carriers:Zalo.";
    const string Template = "Check the template's id and its approval, and bulletins.yaml.";
    const string Billing = "Look into the ZBS account: balance, link to the official account.";

    /// <summary>The receipt for every code but <see cref="Ok"/> and <see cref="TokenInvalid"/>; null for one that is not in the table.</summary>
    public static Receipt? Judge(string code, TimeSpan quotaProbe) => code switch
    {
        "-100" => new Receipt.TryLater(code, "unknown error at Zalo"),
        "-32" => new Receipt.TryLater(code, "more a second than agreed", Everyone: true),

        "-101" => Stopped(code, "the app is not valid", App),
        "-102" => Stopped(code, "the app does not exist", App),
        "-103" => Stopped(code, "the app is not activated", App),
        "-104" => Stopped(code, "the app's secret is wrong", App),
        "-105" => Stopped(code, "the app is not linked to an official account", App),
        "-1241" => Stopped(code, "the proof of the secret is wrong", "Check Carriers:Zalo:AppSecret and SendProof."),
        "-126" => Stopped(code, "the quota of development mode is used up", "Set Carriers:Zalo:Mode to nothing."),
        "-127" => Stopped(code, "development mode reaches admins only", "Set Carriers:Zalo:Mode to nothing."),
        "-117" => Stopped(code, "the template is not permitted", Template),
        "-131" => Stopped(code, "the template is not approved", Template),
        "-145" => Stopped(code, "templates of this kind are not permitted", Template),
        "-135" => Stopped(code, "the official account is not verified", App),
        "-1351" => Stopped(code, "the official account is barred", App),
        "-136" => Stopped(code, "no ZBS account is linked", Billing),
        "-137" => Stopped(code, "the ZBS account could not be charged", Billing),

        "-115" => Stopped(code, "quota or balance is used up", Billing, quotaProbe),
        "-144" => Stopped(code, "the official account's quota of the day is used up", "Nothing to do: it begins anew.", quotaProbe),
        "-147" => Stopped(code, "the template's quota of the day is used up", "Nothing to do: it begins anew.", quotaProbe),
        "-160" => Stopped(code, "the quota is used up", "Nothing to do: it begins anew.", quotaProbe),
        "-1472" => Stopped(code, "the template's quota is used up", "Nothing to do: it begins anew.", quotaProbe),

        "-106" => Next(code, "the method is not supported"),
        "-107" => Next(code, "the message's id is not valid"),
        "-109" => Next(code, "the template's id is not valid"),
        "-111" => Next(code, "the template's slots are empty"),
        "-112" => Next(code, "the template's slots are not valid"),
        "-110" => Next(code, "the recipient's Zalo is too old, or there is none"),
        "-114" => Next(code, "the recipient is inactive, or refuses"),
        "-119" => Next(code, "the recipient's account cannot receive"),
        "-133" => Next(code, "not at night"),

        "-108" => Forget(code, "the number is not valid for Zalo"),
        "-118" => Forget(code, "no Zalo account"),
        "-139" => Forget(code, "the recipient has refused this kind of message"),
        "-141" => Forget(code, "the recipient has refused messages of this account"),
        _ => null,
    };

    /// <summary>What a refused renewal means: the chain of tokens is broken, and only a person can begin a new one.</summary>
    public static Receipt.ChannelStopped RefreshRefused(string code, string? name) => code switch
    {
        "-14014" => Stopped(code, "the refresh token is not valid: it was used before, perhaps by another program", AuthoriseAnew),
        "-14020" => Stopped(code, "the refresh token has ended: nothing has renewed it for three months", AuthoriseAnew),
        _ => Stopped(code, $"the refresh token was refused ({name ?? "no reason given"})", AuthoriseAnew),
    };

    /// <summary>Whether the fault is ours and somebody must look, although the next carrier goes on.</summary>
    public static bool IsOurFault(string code) => code is "-106" or "-107" or "-109" or "-111" or "-112";

    static Receipt.ChannelStopped Stopped(string code, string reason, string remedy, TimeSpan? after = null) => new(code, reason, remedy, after);

    static Receipt.Refused Next(string code, string reason) => new(code, reason, TryNextCarrier: true);

    static Receipt.Refused Forget(string code, string reason) => new(code, reason, TryNextCarrier: true, Remember: true);
}
