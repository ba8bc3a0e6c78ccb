using CanhLu.Console;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Heartbeats;

/// <summary>Says to somebody outside that the engine keeps what comes in; silent while it does not. Who watches decides what silence means.</summary>
sealed class Heartbeat(IHttpClientFactory clients, Readiness readiness, IOptions<HeartbeatOptions> options, TimeProvider time, ILogger<Heartbeat> logger) : BackgroundService
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Client = "heartbeat";

    bool _isLost;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Url is not { } url)
            return;
        using var timer = new PeriodicTimer(options.Value.Every, time);
        try
        {
            do
            {
                if (readiness.Trouble is null)
                    Note(await Beat(url, stoppingToken));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    async Task<string?> Beat(Uri url, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(options.Value.Every, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            using var answer = await clients.CreateClient(Client).GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? null : $"{url.Host} answers {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"{url.Host} does not answer";
        }
        catch (HttpRequestException gone)
        {
            return $"{url.Host} cannot be reached ({gone.HttpRequestError})";
        }
    }

    void Note(string? trouble)
    {
        if (trouble is not null && !_isLost)
            Log.HeartbeatLost(logger, trouble);
        else if (trouble is null && _isLost)
            Log.HeartbeatAgain(logger);
        _isLost = trouble is not null;
    }
}
