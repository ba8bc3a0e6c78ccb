using System.Globalization;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Receipts;

namespace CanhLu.GatewaySim.Esms;

/// <summary>eSMS's receipt: a GET to the address that came with the message, tried again five times when it takes too long, and only then.</summary>
sealed class EsmsCallback(HttpClient http, TimeProvider time) : IReceiptRoute
{
    const int MostAttempts = 5;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public bool Has(Letter letter) => letter.CallbackUrl is not null;

    public async Task<TimeSpan?> Send(Letter letter, int attempt, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        try
        {
            using var answer = await http.GetAsync(new Uri(letter.CallbackUrl + Query(letter)), either.Token);
            return answer.IsSuccessStatusCode ? null : Timeout.InfiniteTimeSpan;
        }
        catch (HttpRequestException)
        {
            return Timeout.InfiniteTimeSpan;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return attempt < MostAttempts ? Pause : Timeout.InfiniteTimeSpan;
        }
    }

    static string Query(Letter letter)
    {
        var success = letter.State == LetterState.Delivered ? 1 : 0;
        var start = letter.CallbackUrl!.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start}SMSID={letter.Id}&SendFailed={1 - success}&SendStatus=5&SendSuccess={success}&TotalPrice={EsmsEndpoint.Price:0.0000}&TotalReceiver=1&TotalSent=1&RequestId={Uri.EscapeDataString(letter.Key)}&TypeId=2&telcoid={PhoneNumber.TelcoId(letter.Phone)}&phonenumber={PhoneNumber.National(letter.Phone)}&switchsmsid=");
    }
}
