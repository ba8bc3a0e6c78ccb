using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

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

    /// <summary>A circuit of its own: questions that fail must not hold up letters.</summary>
    readonly CarrierLink _questions = new(() => clients.CreateClient(Name), options.Value.Timeout, time);

    readonly Uri _url = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/{Path}");

    readonly Uri _balance = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/MainService.svc/json/GetBalance_json");

    public string Id => Name;

    public char KeyLetter => 'e';

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret)
    {
        KnowsRepeats = true,
        AskAfter = options.Value.AskAfter,
    };

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
        if (Read(reply.Body, EsmsJson.Default.EsmsAnswer) is not { CodeResult: { Length: > 0 } code } answer)
            return reply.Unread;
        if (!EsmsCodes.Knows(code))
            Log.CarrierCodeUnknown(log, Name, code, answer.ErrorMessage ?? "");
        return EsmsCodes.Judge(code, answer.ErrorMessage, answer.SmsId);
    }

    /// <summary><c>GetBalance_json</c>: the account's đồng.</summary>
    public async Task<Allowance?> AskAllowance(CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new EsmsKeys(_options.ApiKey, _options.SecretKey), EsmsJson.Default.EsmsKeys);
        var reply = await _link.Send(() => CarrierLink.Post(_balance, body), cancellation).ConfigureAwait(false);
        return reply.Instead is null && Read(reply.Body, EsmsJson.Default.EsmsBalance) is { CodeResponse: "100", Balance: { } balance }
            && decimal.TryParse(balance, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var left)
            ? new Allowance(Math.Max(left, 0), AllowanceUnit.Dong)
            : null;
    }

    /// <summary>A report: <c>SendStatus</c> 5 is done (see <c>SendSuccess</c>, <c>SendFailed</c>), 4 refused; 1, 2 and 7 are still on their way.</summary>
    public CallbackReading Read(Callback callback)
    {
        var query = QueryHelpers.ParseQuery(callback.Query);
        var key = Of(query, "RequestId");
        var status = Of(query, "SendStatus");
        if (key.Length == 0)
            return new CallbackReading.Unreadable("no RequestId");
        return status switch
        {
            "5" when Count("SendSuccess") > 0 => new CallbackReading.Report(key, new Receipt.Delivered()),
            "5" when Count("SendFailed") > 0 => new CallbackReading.Report(key, Undelivered("5", "the telephone company could not deliver it")),
            "4" => new CallbackReading.Report(key, Undelivered("4", "eSMS refused it after it had taken it")),
            "1" or "2" or "5" or "7" => new CallbackReading.Report(key, new Receipt.Accepted(CarrierWords.Reference(Of(query, "SMSID")))),
            _ => new CallbackReading.Unreadable("a SendStatus that is none of 1, 2, 4, 5, 7"),
        };

        int Count(string name) => Number(Of(query, name));
    }

    /// <summary>Success and failure are asked back by the SMSID of the report, when that is wanted; an SMSID that eSMS does not know so is a forgery.</summary>
    public async Task<CallbackReading> Confirm(Callback callback, CallbackReading reading, CancellationToken cancellation)
    {
        if (!_options.ConfirmReports || reading is not CallbackReading.Report { Receipt: Receipt.Delivered or Receipt.Refused } report)
            return reading;
        var id = Of(QueryHelpers.ParseQuery(callback.Query), "SMSID");
        if (id.Length == 0)
            return new CallbackReading.Unreadable("no SMSID");
        var status = await Status(id, cancellation).ConfigureAwait(false);
        return (status, Final(status)) switch
        {
            (_, { } final) => Said(final.GetType() == report.Receipt.GetType()),
            ({ CodeResponse: "100" or "105" }, _) => Said(false),
            _ => new CallbackReading.Unconfirmed(),
        };

        CallbackReading Said(bool so) => so ? report : new CallbackReading.Forged("GetSendStatus says otherwise");
    }

    public async Task<Receipt?> Ask(string reference, CancellationToken cancellation) => Final(await Status(reference, cancellation).ConfigureAwait(false));

    /// <summary>What eSMS says of an SMSID; null when it cannot be asked.</summary>
    async Task<EsmsStatus?> Status(string id, CancellationToken cancellation)
    {
        var url = QueryHelpers.AddQueryString(
            $"{_options.BaseUrl.ToString().TrimEnd('/')}/MainService.svc/json/GetSendStatus",
            new Dictionary<string, string?> { ["RefId"] = id, ["ApiKey"] = _options.ApiKey, ["SecretKey"] = _options.SecretKey });
        var reply = await _questions.Send(() => new HttpRequestMessage(HttpMethod.Get, url), cancellation).ConfigureAwait(false);
        return reply.Instead is null ? Read(reply.Body, EsmsJson.Default.EsmsStatus) : null;
    }

    /// <summary>The end of a message, as <c>GetSendStatus</c> has it; null while there is none.</summary>
    static Receipt? Final(EsmsStatus? status) => status switch
    {
        { CodeResponse: "100", SendStatus: "5", SendSuccess: var success } when Number(success) > 0 => new Receipt.Delivered(),
        { CodeResponse: "100", SendStatus: "5", SendFailed: var failed } when Number(failed) > 0 => Undelivered("5", "the telephone company could not deliver it"),
        { CodeResponse: "100", SendStatus: "4" } => Undelivered("4", "eSMS refused it after it had taken it"),
        _ => null,
    };

    static Receipt.Refused Undelivered(string code, string reason) => new($"status-{code}", reason, TryNextCarrier: true);

    string? CallbackUrl() => _options is { CallbackBaseUrl: { } own, CallbackSecret: { } secret }
        ? $"{own.ToString().TrimEnd('/')}/callbacks/{Name}/{secret}"
        : null;

    static string Of(Dictionary<string, StringValues> query, string name) => query.GetValueOrDefault(name, StringValues.Empty).ToString();

    static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static T? Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
