using System.Net;
using System.Text.RegularExpressions;

namespace CanhLu.Notify.Carriers.Kannel;

/// <summary>What Kannel's answers and reports mean for us. It answers in words; those of smsbox 1.4 are known here.</summary>
static partial class KannelCodes
{
    /// <summary>The bits of <c>dlr-mask</c>: every report there is.</summary>
    public const string EveryReport = "31";

    const string Wrong = "Check Carriers:Kannel, and the group sendsms-user in Kannel's configuration.";

    /// <summary>The receipt for an answer of sendsms; null for one that is not Kannel's.</summary>
    public static Receipt? Judge(HttpStatusCode status, string body) => (status, body) switch
    {
        // 0: with the telephone company's link up; 3: kept on disk until it is up again.
        (HttpStatusCode.Accepted, ['0' or '3', ':', ..]) => new Receipt.Accepted(null),
        (HttpStatusCode.ServiceUnavailable, _) when Says(body, "Temporal failure") =>
            new Receipt.TryLater("503", "its queue is full, or the telephone company cannot be reached", Everyone: true),
        (HttpStatusCode.Forbidden, _) when Says(body, "Authorization failed") || Says(body, "Denied") || Says(body, "4:") =>
            new Receipt.ChannelStopped("403", "the user, the password or this address is not allowed", Wrong),
        (HttpStatusCode.Forbidden, _) when Says(body, "Not routable") =>
            new Receipt.Refused("403", "it has no way to this number", TryNextCarrier: true),
        (HttpStatusCode.NotFound, _) when Says(body, "Unknown request") =>
            new Receipt.ChannelStopped("404", "there is no sendsms under this address", "Check Carriers:Kannel:Url against smsbox's sendsms-url."),
        (HttpStatusCode.BadRequest, _) when body.EndsWith("rejected", StringComparison.Ordinal) =>
            new Receipt.Refused("400", CarrierWords.Of(body), TryNextCarrier: true),
        _ => null,
    };

    /// <summary>The receipt for a report: 1 on the handset, 2 not deliverable, 4 waits at the telephone company, 8 taken by it, 16 refused by it.</summary>
    /// <param name="type">Kannel's <c>%d</c>.</param>
    /// <param name="answer">Kannel's <c>%A</c>: the text of an SMPP receipt, or <c>NACK/0x0000000b/Invalid Destination Address</c>.</param>
    /// <param name="reference">Kannel's <c>%F</c>: the telephone company's id.</param>
    public static Receipt? Report(string type, string answer, string reference) => type switch
    {
        "1" => new Receipt.Delivered(),
        "2" => new Receipt.Refused("dlr-2", $"the telephone company could not deliver it ({Final(answer)})", TryNextCarrier: true),
        "4" or "8" => new Receipt.Accepted(CarrierWords.Reference(reference)),
        "16" => new Receipt.Refused("dlr-16", $"the telephone company refused it ({Refusal(answer)})", TryNextCarrier: true),
        _ => null,
    };

    static string Final(string answer) => Stat().Match(answer) is { Success: true } match
        ? match.Groups[2].Success ? $"{match.Groups[1].Value}, error {match.Groups[2].Value}" : match.Groups[1].Value
        : "no reason given";

    static string Refusal(string answer) => answer.Split('/') is ["NACK", var status, var words] ? CarrierWords.Of($"{status}, {words}") : "no reason given";

    static bool Says(string body, string words) => body.StartsWith(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\bstat:([A-Z]{1,10})(?: err:([0-9A-Za-z]{1,8}))?")]
    private static partial Regex Stat();
}
