namespace CanhLu.Notify;

/// <summary>Takes what residents answer, from whichever carrier it comes.</summary>
/// <param name="optOuts">Where a wish is kept.</param>
/// <param name="log">Facts for the operator; no numbers.</param>
public sealed class Replies(OptOuts optOuts, Microsoft.Extensions.Logging.ILogger<Replies> log)
{
    /// <summary>Takes one reply: a no and a yes are done at once and durably, whatever else is left to a person. The same reply again changes nothing.</summary>
    /// <param name="phone">Who answered.</param>
    /// <param name="text">What they wrote.</param>
    /// <param name="carrier">Through whom it came.</param>
    /// <returns>What the reply means.</returns>
    public ReplyMeaning Take(PhoneNumber phone, string text, string carrier)
    {
        var meaning = Reply.Read(text);
        if (meaning == ReplyMeaning.Other)
            return meaning;
        var how = $"reply by {carrier}";
        var outcome = meaning == ReplyMeaning.OptOut ? optOuts.OptOut(phone, "auto", how) : optOuts.OptIn(phone, "auto", how);
        Log.ReplyTaken(log, carrier, meaning, outcome);
        return meaning;
    }
}
