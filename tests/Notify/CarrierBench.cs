using System.Collections.Frozen;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;

namespace CanhLu.Tests.Notify;

/// <summary>One real carrier over a wire, without couriers.</summary>
sealed class CarrierBench : IAsyncDisposable
{
    readonly River _river = new();
    readonly Engine _engine;

    public CarrierBench(Dictionary<string, string?> settings)
    {
        _engine = new Engine(_river, [], settings);
        Carrier = _engine.Get<IEnumerable<ICarrier>>().Single();
    }

    public ICarrier Carrier { get; }

    public River River => _river;

    public static CarrierBench Esms(string address, string timeout = "00:00:05") => new(new()
    {
        ["Carriers:Esms:BaseUrl"] = address,
        ["Carriers:Esms:ApiKey"] = "api-key",
        ["Carriers:Esms:SecretKey"] = "secret-key",
        ["Carriers:Esms:Brandname"] = "CanhLu",
        ["Carriers:Esms:Timeout"] = timeout,
        ["Carriers:Esms:CallbackBaseUrl"] = "https://canhlu.example",
        ["Carriers:Esms:CallbackSecret"] = "0123456789abcdef",
    });

    public static CarrierBench Kannel(string address, bool withMarks = false) => new(new()
    {
        ["Carriers:Kannel:Url"] = address,
        ["Carriers:Kannel:Username"] = "canhlu",
        ["Carriers:Kannel:Password"] = "kannel-pass",
        ["Carriers:Kannel:From"] = "CanhLu",
        ["Carriers:Kannel:Smsc"] = "telco",
        ["Carriers:Kannel:WithMarks"] = withMarks ? "true" : "false",
        ["Carriers:Kannel:CallbackBaseUrl"] = "http://127.0.0.1:8080",
        ["Carriers:Kannel:CallbackSecret"] = "0123456789abcdef",
    });

    public static CarrierBench SpeedSms(string address) => new(new()
    {
        ["Carriers:SpeedSms:BaseUrl"] = $"{address}/index.php",
        ["Carriers:SpeedSms:AccessToken"] = "token",
        ["Carriers:SpeedSms:Sender"] = "CanhLu",
    });

    public static CarrierBench Webhook(string address) => new(new()
    {
        ["Carriers:Webhook:Url"] = $"{address}/canhlu",
        ["Carriers:Webhook:SigningKey"] = "an agreed key of thirty-two or more letters",
    });

    public static CarrierBench Zalo(string address, string accessToken = "access-0", string timeout = "00:00:05") => new(new()
    {
        ["Carriers:Zalo:BaseUrl"] = address,
        ["Carriers:Zalo:OAuthUrl"] = address,
        ["Carriers:Zalo:AppId"] = "1234",
        ["Carriers:Zalo:AppSecret"] = "app-secret",
        ["Carriers:Zalo:OaSecret"] = "oa-secret",
        ["Carriers:Zalo:AccessToken"] = accessToken,
        ["Carriers:Zalo:RefreshToken"] = "refresh-0",
        ["Carriers:Zalo:SendProof"] = "true",
        ["Carriers:Zalo:Timeout"] = timeout,
        ["Carriers:Zalo:CallbackSecret"] = "0123456789abcdef",
    });

    public Task<Receipt> Tell(string key = "abcd1234-1-2-e") => Carrier.Tell(
        new Letter(key, new PhoneNumber("+84905123456"), new Wording("Mực nước", "Muc nuoc", "410301", Slots)), CancellationToken.None);

    static FrozenDictionary<string, string> Slots => new Dictionary<string, string> { ["station"] = "Tam Kỳ" }.ToFrozenDictionary();

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        _river.Dispose();
        return ValueTask.CompletedTask;
    }
}
