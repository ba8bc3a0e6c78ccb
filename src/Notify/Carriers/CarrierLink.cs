using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CanhLu.Notify.Carriers;

/// <summary>The way to a carrier: one HTTP client under one time-out and one circuit breaker. It never repeats a request; only the outbox does.</summary>
sealed class CarrierLink
{
    const int MinimumThroughput = 10;
    static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    readonly Func<HttpClient> _client;
    readonly ResiliencePipeline<Reply> _pipeline;

    /// <param name="client">Gives the client.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="time">Real time.</param>
    public CarrierLink(Func<HttpClient> client, TimeSpan timeout, TimeProvider time)
    {
        _client = client;
        _pipeline = new ResiliencePipelineBuilder<Reply> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply>
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = Sampling,
                BreakDuration = Break,
                ShouldHandle = new PredicateBuilder<Reply>().Handle<TimeoutRejectedException>().HandleResult(reply => reply.IsTrouble),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
    }

    /// <summary>Sends a request, once. The answer's body, or the receipt that stands for the lack of one.</summary>
    /// <param name="request">Makes the request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Reply> Send(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static async (state, token) => await state.Link.Once(state.Request, token).ConfigureAwait(false),
                (Link: this, Request: request), cancellation).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return Reply.None(new Receipt.Ambiguous("no answer in time"));
        }
        catch (BrokenCircuitException)
        {
            return Reply.None(new Receipt.TryLater("circuit-open", "the carrier has failed too often just now", Break, Everyone: true));
        }
    }

    /// <summary>A JSON request with its length known, because some servers know nothing of chunks.</summary>
    public static HttpRequestMessage Post(Uri url, byte[] json) => new(HttpMethod.Post, url)
    {
        Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    async Task<Reply> Once(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        try
        {
            using var request = make();
            using var response = await _client().SendAsync(request, cancellation).ConfigureAwait(false);
            // 101: the connection was made another thing, and what follows is no answer, whatever it says.
            if (response.StatusCode < HttpStatusCode.OK)
                return Reply.None(new Receipt.Ambiguous($"HTTP {(int)response.StatusCode} is no answer"));
            var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return new Reply(response.StatusCode, body, null);
        }
        catch (HttpRequestException failure) when (NeverLeft(failure.HttpRequestError))
        {
            return Reply.None(new Receipt.TryLater("no-connection", $"the carrier cannot be reached ({failure.HttpRequestError})"));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Reply.None(new Receipt.Ambiguous($"the connection broke ({(failure as HttpRequestException)?.HttpRequestError.ToString() ?? "read"})"));
        }
    }

    /// <summary>The request was not sent, for there was nobody to send it to.</summary>
    static bool NeverLeft(HttpRequestError error) => error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError;
}

/// <summary>What came back: a body, or the receipt that stands for the lack of one.</summary>
/// <param name="Status">The HTTP status. It decides nothing where there is a body with a code.</param>
/// <param name="Body">The body.</param>
/// <param name="Instead">The receipt when there is no body; null when there is.</param>
sealed record Reply(HttpStatusCode Status, byte[] Body, Receipt? Instead)
{
    /// <summary>Whether the breaker counts it as a failure.</summary>
    public bool IsTrouble => Instead is not null || (int)Status >= 500;

    public static Reply None(Receipt instead) => new(0, [], instead);

    /// <summary>The receipt for an answer in which no code can be read.</summary>
    public Receipt Unread => Status == HttpStatusCode.TooManyRequests
        ? new Receipt.TryLater("429", "too many requests", Everyone: true)
        : new Receipt.Ambiguous($"HTTP {(int)Status} with a body that is no answer");
}
