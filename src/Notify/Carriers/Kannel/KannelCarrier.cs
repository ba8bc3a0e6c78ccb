using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CanhLu.Notify.Carriers.Kannel;

/// <summary>SMS by a Kannel of one's own, which speaks SMPP to any telephone company.</summary>
/// <remarks>It knows no keys: a letter whose answer was lost is sent again unless its report has come meanwhile, and may be read twice. What it was told goes in
/// headers, not in the address, because Kannel writes addresses into its logs.</remarks>
sealed class KannelCarrier(IHttpClientFactory clients, IOptions<KannelOptions> options, TimeProvider time, ILogger<KannelCarrier> log) : ICarrier
{
    public const string Name = "kannel";

    readonly KannelOptions _options = options.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);

    public string Id => Name;

    public char KeyLetter => 'k';

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret);

    public int UnitsOf(Wording wording) => SmsSize.Of(TextOf(wording)).Segments;

    public bool CanSay(Wording wording) => true;

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        var reply = await _link.Send(() => Request(letter), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        var body = Encoding.UTF8.GetString(reply.Body).Trim();
        if (KannelCodes.Judge(reply.Status, body) is not { } receipt)
            return reply.Unread;
        if (receipt is Receipt.Refused { Code: "400" })
            Log.CarrierBlamesUs(log, Name, "400", CarrierWords.Of(body));
        return receipt;
    }

    /// <summary>A report to <c>dlr-url</c>, or a recipient's own SMS, if an <c>sms-service</c> of Kannel brings it here as <c>?from=%p&amp;text=%a&amp;id=%I</c>.</summary>
    public CallbackReading Read(Callback callback)
    {
        var query = QueryHelpers.ParseQuery(callback.Query);
        if (Of("key") is { Length: > 0 } key)
        {
            return KannelCodes.Report(Of("type"), Of("answer"), Of("id")) is { } receipt
                ? new CallbackReading.Report(key, receipt)
                : new CallbackReading.Unreadable("a type that is none of 1, 2, 4, 8, 16");
        }
        return Of("from") is { Length: > 0 } from
            ? new CallbackReading.Reply(from, Of("text"), Of("id") is { Length: > 0 } id ? id : null)
            : new CallbackReading.Unreadable("neither key nor from");

        string Of(string name) => query.GetValueOrDefault(name, StringValues.Empty).ToString();
    }

    string TextOf(Wording wording) => _options.WithMarks ? wording.Text : wording.Sms;

    HttpRequestMessage Request(Letter letter)
    {
        var text = TextOf(letter.Wording);
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8") },
            },
        };
        var headers = request.Headers;
        headers.Add("X-Kannel-Username", _options.Username);
        headers.Add("X-Kannel-Password", _options.Password);
        headers.Add("X-Kannel-From", _options.From);
        headers.Add("X-Kannel-To", letter.Phone.Digits);
        headers.Add("X-Kannel-Coding", SmsSize.Of(text).Coding == SmsCoding.Gsm7 ? "0" : "2");
        if (_options.Smsc is { Length: > 0 } smsc)
            headers.Add("X-Kannel-SMSC", smsc);
        if (letter.ValidFor is { } validFor)
            headers.Add("X-Kannel-Validity", Math.Max(1, (long)validFor.TotalMinutes).ToString(CultureInfo.InvariantCulture));
        if (_options is { CallbackBaseUrl: { } own, CallbackSecret: { } secret })
        {
            headers.Add("X-Kannel-DLR-Mask", KannelCodes.EveryReport);
            headers.Add("X-Kannel-DLR-Url", $"{own.ToString().TrimEnd('/')}/callbacks/{Name}/{secret}?key={letter.Key}&type=%d&answer=%A&id=%F");
        }
        return request;
    }
}
