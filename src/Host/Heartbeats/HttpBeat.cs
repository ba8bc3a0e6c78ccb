namespace CanhLu.Host.Heartbeats;

/// <summary>Asks an address, as services that watch cron jobs give one.</summary>
sealed class HttpBeat(IHttpClientFactory clients, Uri url)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Client = "heartbeat";

    public async Task<string?> Tell(CancellationToken cancellation)
    {
        try
        {
            using var answer = await clients.CreateClient(Client).GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? null : $"{url.Host} answers {(int)answer.StatusCode}";
        }
        catch (HttpRequestException gone)
        {
            return $"{url.Host} cannot be reached ({gone.HttpRequestError})";
        }
    }
}
