using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Esms;

/// <summary>eSMS.vn: SMS under a registered sender's name, as customer care, so that no quiet hours apply to a warning.</summary>
/// <remarks>It blocks a repeated <c>RequestId</c> for 24 hours, so that a letter whose answer was lost can be sent again. Its reports come by GET and are not
/// signed: the path's secret protects them.</remarks>
sealed class EsmsCarrier(IHttpClientFactory clients, IOptions<EsmsOptions> options, TimeProvider time, ILogger<EsmsCarrier> log) : ICarrier
{
    public const string Name = "esms";

    const string CareMessage = "2";
    const string Path = "MainService.svc/json/SendMultipleMessage_V4_post_json/";

    readonly EsmsOptions _options = options.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);
    readonly Uri _url = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/{Path}");

    public string Id => Name;

    public char KeyLetter => 'e';

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret) { KnowsRepeats = true };

    public bool CanSay(Wording wording) => true;

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        var message = new EsmsMessage(
            _options.ApiKey, _options.SecretKey, letter.Wording.Sms, letter.Phone.National, _options.Brandname, CareMessage, IsUnicode: "0",
            _options.Sandbox ? "1" : "0", letter.Key, CallbackUrl());
        var body = JsonSerializer.SerializeToUtf8Bytes(message, EsmsJson.Default.EsmsMessage);
        var reply = await _link.Send(() => CarrierLink.Post(_url, body), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        if (Read(reply.Body) is not { CodeResult: { Length: > 0 } code } answer)
            return reply.Unread;
        if (!EsmsCodes.Knows(code))
            Log.CarrierCodeUnknown(log, Name, code, answer.ErrorMessage ?? "");
        return EsmsCodes.Judge(code, answer.ErrorMessage, answer.SmsId);
    }

    /// <summary>A report: <c>SendStatus</c> 5 is done (see <c>SendSuccess</c>, <c>SendFailed</c>), 4 refused; 1, 2 and 7 are still on their way.</summary>
    public CallbackReading Read(Callback callback)
    {
        var query = QueryHelpers.ParseQuery(callback.Query);
        var key = query.TryGetValue("RequestId", out var id) ? id.ToString() : "";
        var status = query.TryGetValue("SendStatus", out var written) ? written.ToString() : "";
        if (key.Length == 0)
            return new CallbackReading.Unreadable("no RequestId");
        return status switch
        {
            "5" when Count("SendSuccess") > 0 => new CallbackReading.Report(key, new Receipt.Delivered()),
            "5" when Count("SendFailed") > 0 => Failed("5", "the telephone company could not deliver it"),
            "4" => Failed("4", "eSMS refused it after it had taken it"),
            "1" or "2" or "5" or "7" => new CallbackReading.Report(key, new Receipt.Accepted(query.TryGetValue("SMSID", out var sms) ? sms.ToString() : null)),
            _ => new CallbackReading.Unreadable("a SendStatus that is none of 1, 2, 4, 5, 7"),
        };

        int Count(string name) =>
            query.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

        CallbackReading.Report Failed(string code, string reason) =>
            new(key, new Receipt.Refused($"status-{code}", reason, TryNextCarrier: true));
    }

    string? CallbackUrl() => _options is { CallbackBaseUrl: { } own, CallbackSecret: { } secret }
        ? $"{own.ToString().TrimEnd('/')}/callbacks/{Name}/{secret}"
        : null;

    static EsmsAnswer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EsmsJson.Default.EsmsAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
