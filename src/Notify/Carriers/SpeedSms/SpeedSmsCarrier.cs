using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.SpeedSms;

/// <summary>SpeedSMS.vn: SMS of the kinds that no quiet hours apply to.</summary>
/// <remarks>It knows no keys: a letter whose answer was lost is sent again and may be read twice. Its reports name its own number, by which the delivery is
/// looked up.</remarks>
sealed class SpeedSmsCarrier(
    IHttpClientFactory clients, Operations operations, IOptions<SpeedSmsOptions> options, TimeProvider time, ILogger<SpeedSmsCarrier> log) : ICarrier
{
    public const string Name = "speedsms";

    /// <summary>In reports: 0 arrived, below this still tried, from this on given up.</summary>
    const int GivenUp = 64;

    readonly SpeedSmsOptions _options = options.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);
    readonly Uri _url = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/sms/send");

    readonly Uri _account = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/user/info");

    public string Id => Name;

    public char KeyLetter => 's';

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret);

    public bool CanSay(Wording wording) => true;

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new SpeedSmsMessage([letter.Phone.Digits], letter.Wording.Sms, _options.SmsType, _options.Sender), SpeedSmsJson.Default.SpeedSmsMessage);
        var reply = await _link.Send(() => Request(body), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        return Read(reply.Body, SpeedSmsJson.Default.SpeedSmsAnswer) switch
        {
            { Status: "success", Data.InvalidPhone: { Count: > 0 } } => SpeedSmsCodes.Judge("105")!,
            { Status: "success", Data.TranId: { Length: > 0 } id } => new Receipt.Accepted(id),
            { Status: "error", Code: { Length: > 0 } code, Message: var message } => Refusal(code, message ?? ""),
            _ => reply.Unread,
        };
    }

    /// <summary><c>user/info</c>: the account's money, which counts when it is đồng.</summary>
    public async Task<Allowance?> AskAllowance(CancellationToken cancellation)
    {
        var reply = await _link.Send(() => Authorised(new HttpRequestMessage(HttpMethod.Get, _account)), cancellation).ConfigureAwait(false);
        return reply.Instead is null && Read(reply.Body, SpeedSmsJson.Default.SpeedSmsAccount) is { Balance: { } balance, Currency: "VND" }
            && decimal.TryParse(balance, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var left)
            ? new Allowance(Math.Max(left, 0), AllowanceUnit.Dong)
            : null;
    }

    /// <summary>A report: <c>{"type":"report","tranId":…,"status":…}</c>.</summary>
    public CallbackReading Read(Callback callback)
    {
        if (Read(callback.Body.ToArray(), SpeedSmsJson.Default.SpeedSmsReport) is not { } report)
            return new CallbackReading.Unreadable("not JSON");
        if (report.Type != "report")
            return new CallbackReading.Other(report.Type ?? "no type");
        if (report.TranId is not { Length: > 0 } id || !int.TryParse(report.Status, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return new CallbackReading.Unreadable("no tranId, or a status that is no number");
        if (operations.Read(connection => connection.QueryFirstOrDefault<string>(Statements.Of("speedsms-key"), new { id })) is not { } key)
            return new CallbackReading.Other("a number that we do not know");
        return new CallbackReading.Report(key, status switch
        {
            0 => new Receipt.Delivered(),
            < GivenUp => new Receipt.Accepted(id),
            _ => new Receipt.Refused($"status-{status}", "the telephone company could not deliver it", TryNextCarrier: true),
        });
    }

    Receipt Refusal(string code, string message)
    {
        if (SpeedSmsCodes.IsOurFault(code))
            Log.CarrierBlamesUs(log, Name, code, message);
        if (SpeedSmsCodes.Judge(code) is { } known)
            return known;
        Log.CarrierCodeUnknown(log, Name, code, message);
        return new Receipt.TryLater(code, message.Length > 0 ? message : "a code that is not in our table");
    }

    HttpRequestMessage Request(byte[] body) => Authorised(CarrierLink.Post(_url, body));

    HttpRequestMessage Authorised(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.AccessToken}:x")));
        return request;
    }

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
