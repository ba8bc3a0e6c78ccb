namespace CanhLu.Notify.Carriers.ZaloOa;

/// <summary>What the <c>error</c> of an official account's message means for us. The numbers are not those of template messages.</summary>
static class ZaloOaCodes
{
    public const string Ok = "0";

    const string App = "Check the app and the official account at developers.zalo.me and Carriers:Zalo.";
    const string Billing = "Look into the account's package and balance at oa.zalo.me.";

    /// <summary>Whether the access token is to be renewed.</summary>
    public static bool IsTokenInvalid(string code) => code is "-216" or "-220";

    /// <summary>The receipt for every other code; null for one that is not in the table.</summary>
    public static Receipt? Judge(string code, TimeSpan quotaProbe) => code switch
    {
        "-32" => new Receipt.TryLater(code, "more a second than agreed", Everyone: true),

        "-204" => new Receipt.ChannelStopped(code, "the official account is disabled", App),
        "-205" => new Receipt.ChannelStopped(code, "the official account does not exist", App),
        "-219" => new Receipt.ChannelStopped(code, "the app was removed or disabled", App),
        "-221" => new Receipt.ChannelStopped(code, "the official account is not verified", App),
        "-223" => new Receipt.ChannelStopped(code, "the official account has not authorised the app for this", App),
        "-224" => new Receipt.ChannelStopped(code, "the official account's package does not include this", Billing),
        "-240" => new Receipt.ChannelStopped(code, "this way of sending was shut down", "A newer version of the engine is needed; take zalo-oa out of the site's tellings until then."),
        "-242" => new Receipt.ChannelStopped(code, "the proof of the secret is wrong", "Check Carriers:Zalo:AppSecret and SendProof."),
        "-320" => new Receipt.ChannelStopped(code, "no billing account is linked", Billing),
        "-321" => new Receipt.ChannelStopped(code, "the billing account is empty", Billing),
        "-211" => new Receipt.ChannelStopped(code, "the quota is used up", "Nothing to do: it begins anew.", quotaProbe),

        "-201" => Next(code, "the parameters are not valid"),
        "-218" => Next(code, "the recipient has had as many messages as Zalo allows"),
        "-227" => Next(code, "the recipient's account is barred, or idle for more than 45 days"),
        "-230" => Next(code, "the recipient has not written for seven days"),
        "-232" => Next(code, "the recipient has not written for too long"),
        "-234" => Next(code, "not at night"),

        "-213" => Forget(code, "the recipient does not follow the official account"),
        "-217" => Forget(code, "the recipient has blocked the official account"),
        "-244" => Forget(code, "the recipient has refused this kind of message"),
        _ => null,
    };

    static Receipt.Refused Next(string code, string reason) => new(code, reason, TryNextCarrier: true);

    static Receipt.Refused Forget(string code, string reason) => new(code, reason, TryNextCarrier: true, Remember: true);
}
