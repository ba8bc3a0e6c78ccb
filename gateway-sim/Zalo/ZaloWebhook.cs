using System.Globalization;
using System.Text;
using System.Text.Json;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Receipts;

namespace CanhLu.GatewaySim.Zalo;

/// <summary>Zalo's event that a message reached its telephone: a signed POST, tried again when it is not answered with 200 within two seconds.</summary>
sealed class ZaloWebhook(GatewaySimOptions options, Func<Uri?> target, HttpClient http, TimeProvider time) : IReceiptRoute
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    public bool Has(Letter letter) => target() is not null && letter.State == LetterState.Delivered;

    public async Task<TimeSpan?> Send(Letter letter, int attempt, CancellationToken token)
    {
        var timestamp = letter.SettledAt!.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var body = Body(letter, timestamp);
        using var request = new HttpRequestMessage(HttpMethod.Post, target()) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(ZaloSignature.Header, ZaloSignature.Of(options.ZaloAppId, body, timestamp, options.ZaloOaSecret));
        if (attempt > 0)
        {
            request.Headers.TryAddWithoutValidation("num_retry", attempt.ToString(CultureInfo.InvariantCulture));
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return answer.StatusCode == System.Net.HttpStatusCode.OK ? null : Again(attempt);
        }
        catch (HttpRequestException)
        {
            return Again(attempt);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Again(attempt);
        }
    }

    string Body(Letter letter, string timestamp) => JsonSerializer.Serialize(
        new
        {
            sender = new { id = options.ZaloOaId },
            recipient = new { id = letter.Phone },
            event_name = "user_received_message",
            message = new { delivery_time = timestamp, msg_id = letter.Id, tracking_id = letter.Key },
            timestamp,
            app_id = options.ZaloAppId,
            oa_id = options.ZaloOaId,
        },
        Json.Options);

    static TimeSpan Again(int attempt) => attempt < Pauses.Length ? Pauses[attempt] : Timeout.InfiniteTimeSpan;
}
