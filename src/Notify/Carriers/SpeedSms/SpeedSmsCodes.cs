namespace CanhLu.Notify.Carriers.SpeedSms;

/// <summary>What SpeedSMS's error codes mean for us.</summary>
static class SpeedSmsCodes
{
    const string Account = "Look into the SpeedSMS account, then the next letter tries again by itself.";

    /// <summary>The receipt for an error; null for one that is not in the table.</summary>
    public static Receipt? Judge(string code) => code switch
    {
        "007" => new Receipt.ChannelStopped(code, "this address may not send", "Have SpeedSMS list the engine's address."),
        "008" => new Receipt.ChannelStopped(code, "the account is blocked", Account),
        "009" => new Receipt.ChannelStopped(code, "the account may not use the API", Account),
        "300" => new Receipt.ChannelStopped(code, "the balance is used up", "Top up the SpeedSMS account; the next letter then tries again by itself."),
        "101" => new Receipt.Refused(code, "the parameters are not valid", TryNextCarrier: true),
        "105" => new Receipt.Refused(code, "the number is not valid", TryNextCarrier: true),
        "110" => new Receipt.Refused(code, "the text's coding is not supported", TryNextCarrier: true),
        "113" => new Receipt.Refused(code, "the text is too long", TryNextCarrier: true),
        "500" => new Receipt.TryLater(code, "internal error at SpeedSMS"),
        _ => null,
    };

    /// <summary>Whether the fault is ours and somebody must look, although the next carrier goes on.</summary>
    public static bool IsOurFault(string code) => code is "101" or "110" or "113";
}
