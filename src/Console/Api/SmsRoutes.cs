using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>The SMS bench: what a text is as SMS, before anybody is told.</summary>
static class SmsRoutes
{
    sealed record Asking(string? Text, int? Recipients, double? Rate, decimal? Price);

    public static void MapSms(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sms", (SmsTerms agreed, string? text = null, int? recipients = null, double? rate = null, decimal? price = null) =>
                Of(new Asking(text, recipients, rate, price), agreed))
            .WithSummary("What text is as SMS: coding, segments, the letters that force Unicode, the form without marks, price and time for so many recipients.");

        api.MapPost("/sms", (Asking asking, SmsTerms agreed) => Of(asking, agreed))
            .WithSummary("The same for a text in a body: text, recipients (1), rate (a second), price (đồng a segment); the latter two are the agreed ones unless given.");
    }

    static IResult Of(Asking asking, SmsTerms agreed) => asking switch
    {
        { Text: null } => Problems.Wrong("text is missing: what is to be sent."),
        { Recipients: < 0 } => Problems.Wrong("recipients is a number from 0."),
        { Rate: not null and not (>= 0.01 and <= 10_000) } => Problems.Wrong("rate is a number of letters a second, from 0.01 to 10000."),
        { Price: < 0 or > 1_000_000 } => Problems.Wrong("price is a number of đồng from 0 to 1000000."),
        _ => Results.Ok(SmsBench.Of(
            asking.Text, new SmsTerms(asking.Rate ?? agreed.RatePerSecond, asking.Price ?? agreed.PricePerSegment), asking.Recipients ?? 1)),
    };
}
