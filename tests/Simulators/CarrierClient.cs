using System.Net.Http.Json;
using System.Text.Json;
using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Simulators;

/// <summary>Pretended carriers on a free port, and a client that speaks to them as an engine would.</summary>
sealed class CarrierClient : IAsyncDisposable
{
    readonly HttpClient _http = new();

    CarrierClient(PretendCarriers carriers)
    {
        Carriers = carriers;
        _http.BaseAddress = carriers.Address;
    }

    public PretendCarriers Carriers { get; }

    public static async Task<CarrierClient> Start(GatewaySimOptions? options = null) => new(await PretendCarriers.Start(
        options ?? new GatewaySimOptions { ReceiptDelay = TimeSpan.Zero }, RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken));

    public Task<JsonElement> Sms(string request, string phone = "0905123456", string text = "CANH LU: bao dong I", object? more = null) => Post(
        "MainService.svc/json/SendMultipleMessage_V4_post_json/",
        Merge(new { ApiKey = "key", SecretKey = "secret", Content = text, Phone = phone, Brandname = "CANHLU", SmsType = "2", IsUnicode = "0", RequestId = request }, more));

    public Task<JsonElement> Zalo(string tracking, string phone = "84905123456", string token = "token", object? more = null) => Post(
        "message/template",
        Merge(new { phone, template_id = "410101", template_data = new { level = "I", stage = "1,71 m" }, tracking_id = tracking }, more),
        ("access_token", token));

    public async Task<JsonElement> Post(string path, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> Form(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public Task<JsonElement> Get(string path) => _http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken)!;

    public async Task<string> Misbehave(string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("sim/misbehave", UriKind.Relative), body, TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Carriers.DisposeAsync();
    }

    static Dictionary<string, object?> Merge(object body, object? more)
    {
        var merged = body.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(body));
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            merged[property.Name] = property.GetValue(more);
        }

        return merged;
    }
}
