using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.GatewaySim.Zalo;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class ReceiptTests
{
    static readonly GatewaySimOptions Prompt = new() { ReceiptDelay = TimeSpan.Zero };

    [Fact]
    public async Task An_SMS_is_told_by_GET_with_what_became_of_it()
    {
        await using var office = await Office.Open();
        await using var client = await CarrierClient.Start(Prompt);

        var id = (await client.Sms("r/1", more: new { CallbackUrl = $"{office.Address}callbacks/esms/hidden" })).GetProperty("SMSID").GetString();

        await Eventually.True(() => client.Carriers.Stats.Esms.Receipts == 1, "the receipt is taken");
        Assert.Equal(
            $"GET /callbacks/esms/hidden?SMSID={id}&SendFailed=0&SendStatus=5&SendSuccess=1&TotalPrice=850.0000&TotalReceiver=1&TotalSent=1&RequestId=r%2F1&TypeId=2&telcoid=2&phonenumber=0905123456&switchsmsid=",
            Assert.Single(office.Calls).Line);
    }

    [Fact]
    public async Task An_SMS_that_never_arrives_says_so()
    {
        await using var office = await Office.Open();
        await using var client = await CarrierClient.Start(Prompt with { Undelivered = 1 });

        await client.Sms("r1", more: new { CallbackUrl = $"{office.Address}x?secret=1" });

        await Eventually.True(() => client.Carriers.Stats.Esms.Receipts == 1, "the receipt is taken");
        Assert.Contains("x?secret=1&SMSID=", Assert.Single(office.Calls).Line, StringComparison.Ordinal);
        Assert.Contains("&SendFailed=1&SendStatus=5&SendSuccess=0&", Assert.Single(office.Calls).Line, StringComparison.Ordinal);
        Assert.Equal((0, 1), (client.Carriers.Stats.Total.Delivered, client.Carriers.Stats.Total.Failed));
    }

    [Fact]
    public async Task A_Zalo_message_is_told_by_a_signed_event()
    {
        await using var office = await Office.Open();
        await using var client = await CarrierClient.Start(Prompt with { ZaloAppId = "app", ZaloOaSecret = "s3cret" });
        client.Carriers.ZaloWebhook = new Uri(office.Address, "callbacks/zalo/hidden");

        var id = (await client.Zalo("t1")).GetProperty("data").GetProperty("msg_id").GetString();

        await Eventually.True(() => client.Carriers.Stats.Zalo.Receipts == 1, "the receipt is taken");
        var call = Assert.Single(office.Calls);
        using var json = JsonDocument.Parse(call.Body);
        var timestamp = json.RootElement.GetProperty("timestamp").GetString()!;
        Assert.Equal("user_received_message", json.RootElement.GetProperty("event_name").GetString());
        Assert.Equal(id, json.RootElement.GetProperty("message").GetProperty("msg_id").GetString());
        Assert.Equal("t1", json.RootElement.GetProperty("message").GetProperty("tracking_id").GetString());
        Assert.Equal(timestamp, json.RootElement.GetProperty("message").GetProperty("delivery_time").GetString());
        Assert.Equal(ZaloSignature.Of("app", call.Body, timestamp, "s3cret"), call.Signature);
    }

    [Fact]
    public async Task Receipts_come_twice_or_not_at_all_on_request()
    {
        await using var office = await Office.Open();
        await using var client = await CarrierClient.Start(Prompt);
        client.Carriers.Misbehave(new Misbehaviour("esms", Mode.ReceiptsTwice, Count: 1));
        await client.Sms("r1", more: new { CallbackUrl = $"{office.Address}x" });
        await Eventually.True(() => client.Carriers.Stats.Esms.Receipts == 2, "both receipts are taken");
        Assert.Single(office.Calls.Select(call => call.Line).Distinct());

        client.Carriers.Misbehave(new Misbehaviour("esms", Mode.ReceiptsLost, Count: 1));
        await client.Sms("r2", text: "other", more: new { CallbackUrl = $"{office.Address}x" });
        await Eventually.True(() => client.Carriers.Stats.Esms.Delivered == 2, "delivered");
        Assert.Equal(2, client.Carriers.Stats.Esms.Receipts);
    }

    [Fact]
    public async Task A_receipt_that_nobody_takes_is_counted_as_lost()
    {
        await using var client = await CarrierClient.Start(Prompt);

        await client.Sms("r1", more: new { CallbackUrl = "http://127.0.0.1:9/closed" });

        await Eventually.True(() => client.Carriers.Stats.Esms.ReceiptsLost == 1, "the receipt is lost");
    }

    /// <summary>A web server that takes every receipt.</summary>
    sealed class Office : IAsyncDisposable
    {
        readonly WebApplication _app;

        Office()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Services.AddRoutingCore();
            _app = builder.Build();
            _app.MapFallback(Take);
        }

        public Uri Address => new(_app.Urls.First());

        public ConcurrentQueue<(string Line, string Body, string? Signature)> Calls { get; } = new();

        public static async Task<Office> Open()
        {
            var office = new Office();
            await office._app.StartAsync(TestContext.Current.CancellationToken);
            return office;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        async Task Take(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            Calls.Enqueue(($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", body, context.Request.Headers[ZaloSignature.Header]));
        }
    }
}
