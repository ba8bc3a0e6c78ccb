using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>The pair of tokens: one at a time is renewed, and the new pair is on disk before anyone uses it, because a refresh token works once.</summary>
sealed class ZaloTokens : IDisposable
{
    /// <summary>A pair that has never worked and is refused so soon after its renewal would be refused after the next one too.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim _renewing = new(1);
    readonly Operations _operations;
    readonly CarrierLink _link;
    readonly ZaloOptions _options;
    readonly IClock _clock;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly string _seed;
    string _refresh;
    long? _renewedAt;
    volatile string? _worked;

    public ZaloTokens(IHttpClientFactory clients, Operations operations, IOptions<ZaloOptions> options, IClock clock, TimeProvider time, ILogger<ZaloTokens> log)
    {
        _options = options.Value;
        (_operations, _clock, _time, _log) = (operations, clock, time, log);
        _link = new CarrierLink(() => clients.CreateClient(ZaloCarrier.Name), _options.Timeout, time);
        _seed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_options.RefreshToken)));
        var kept = operations.Read(connection => connection.QuerySingleOrDefault<Pair>(
            "SELECT access_token, refresh_token FROM carrier_tokens WHERE carrier = @Name AND seed = @_seed", new { ZaloCarrier.Name, _seed }));
        Access = kept?.AccessToken ?? _options.AccessToken;
        _refresh = kept?.RefreshToken ?? _options.RefreshToken;
    }

    /// <summary>The access token in force; empty when none was fetched yet.</summary>
    public string Access { get; private set; }

    /// <summary>Takes note that an access token was accepted.</summary>
    public void Worked(string access) => _worked = access;

    /// <summary>Renews the pair, unless somebody else has done so since the spent token was read.</summary>
    /// <param name="spent">The access token that was refused.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What to say of the delivery: to be sent again with the token now in force, or that the channel is stopped.</returns>
    public async Task<Receipt> Renew(string spent, CancellationToken cancellation)
    {
        await _renewing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Access != spent)
                return Again(TimeSpan.Zero);
            if (_worked != spent && _renewedAt is { } renewed && _time.GetElapsedTime(renewed) < Fresh)
                return Stopped(ZaloCodes.TokenInvalid, "a new access token was refused");
            var reply = await _link.Send(Request, cancellation).ConfigureAwait(false);
            if (reply.Instead is not null || Read(reply.Body) is not { } pair)
                return Again(AskAgain);
            if (pair is not { AccessToken: { Length: > 0 } access, RefreshToken: { Length: > 0 } refresh })
                return Stopped(pair.Error ?? "token", $"the refresh token was refused ({pair.ErrorName ?? pair.ErrorDescription ?? "no reason given"})");
            Keep(access, refresh);
            Log.TokenRenewed(_log, ZaloCarrier.Name);
            return Again(TimeSpan.Zero);
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    HttpRequestMessage Request() => new(HttpMethod.Post, $"{_options.OAuthUrl.ToString().TrimEnd('/')}/v4/oa/access_token")
    {
        Headers = { { "secret_key", _options.AppSecret } },
        Content = new FormUrlEncodedContent(
        [
            new("app_id", _options.AppId), new("grant_type", "refresh_token"), new("refresh_token", _refresh),
        ]),
    };

    void Keep(string access, string refresh)
    {
        _operations.Write(connection => connection.Execute(
            Statements.Of("tokens-keep"), new { Carrier = ZaloCarrier.Name, Seed = _seed, access, refresh, Now = _clock.GetCurrentInstant() }));
        _refresh = refresh;
        _renewedAt = _time.GetTimestamp();
        Access = access;
    }

    static Receipt.TryLater Again(TimeSpan after) => new(ZaloCodes.TokenInvalid, "the access token is being renewed", after, Everyone: true);

    static Receipt.ChannelStopped Stopped(string code, string reason) => new(
        code, reason, "Authorise the app anew at developers.zalo.me and set Carriers:Zalo:RefreshToken to the new refresh token.");

    static ZaloPair? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ZaloJson.Default.ZaloPair);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed record Pair
    {
        public required string AccessToken { get; init; }

        public required string RefreshToken { get; init; }
    }
}
