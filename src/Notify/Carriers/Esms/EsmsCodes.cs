namespace CanhLu.Notify.Carriers.Esms;

/// <summary>What eSMS's result codes mean for us. The HTTP status says nothing.</summary>
static class EsmsCodes
{
    const string Account = "Look into the eSMS account, then the next letter tries again by itself.";

    public static Receipt Judge(string code, string? message, string? smsId) => code switch
    {
        "100" => new Receipt.Accepted(smsId),
        // The key was taken before: the first one counts.
        "124" => new Receipt.Accepted(smsId),
        "99" => Never(code, "the number is blocked"),
        "108" => Never(code, "the number is not valid"),
        "101" => Stopped(code, "the keys are wrong", "Check Carriers:Esms:ApiKey and SecretKey."),
        "102" => Stopped(code, "the account has no price for this", Account),
        "103" => Stopped(code, "the balance is used up", "Top up the eSMS account; the next letter then tries again by itself."),
        "104" => Stopped(code, "the sender's name is not registered", "Check Carriers:Esms:Brandname against the names that eSMS has registered."),
        "118" => Stopped(code, "the type of message is not allowed", Account),
        "140" => Stopped(code, "this address may not send", "Have eSMS list the engine's address."),
        "143" => Stopped(code, "the account is locked", Account),
        "146" => Stopped(code, "the text fits no registered template", "Register the texts of bulletins.yaml with eSMS for this sender's name."),
        "177" => new Receipt.Refused(code, "the sender's name is not registered with the recipient's telephone company", TryNextCarrier: true),
        "201" => new Receipt.Refused(code, "the text has a word that is not allowed", TryNextCarrier: true),
        "160" => new Receipt.TryLater(code, "more a second than agreed", Everyone: true),
        "199" => new Receipt.TryLater(code, "in progress"),
        _ => new Receipt.TryLater(code, message is { Length: > 0 } ? message : "a code that is not in our table"),
    };

    /// <summary>Whether the table names the code: one that it does not is treated as temporary, with a loud line in the log.</summary>
    public static bool Knows(string code) => code is "100" or "124" or "99" or "108" or "101" or "102" or "103" or "104" or "118" or "140" or "143" or "146"
        or "177" or "201" or "160" or "199";

    static Receipt.Refused Never(string code, string reason) => new(code, reason, TryNextCarrier: true);

    static Receipt.ChannelStopped Stopped(string code, string reason, string remedy) => new(code, reason, remedy);
}
