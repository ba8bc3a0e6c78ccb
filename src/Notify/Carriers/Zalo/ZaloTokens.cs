using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
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
    int _renewals;
    long? _renewedTick;
    (string Access, string Refresh)? _unkept;
    volatile string? _worked;
    volatile Receipt.ChannelStopped? _refused;

    public ZaloTokens(
        IHttpClientFactory clients, Operations operations, IOptions<ZaloOptions> options, NotifyMetrics metrics, IClock clock, TimeProvider time,
        ILogger<ZaloTokens> log)
    {
        _options = options.Value;
        (_operations, _clock, _time, _log) = (operations, clock, time, log);
        _link = new CarrierLink(() => clients.CreateClient(ZaloCarrier.Name), _options.Timeout, time);
        _seed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_options.RefreshToken)));
        var kept = operations.Read(connection => connection.QuerySingleOrDefault<Pair>(
            "SELECT access_token, refresh_token, renewed_at, renewals FROM carrier_tokens WHERE carrier = @Name AND seed = @_seed", new { ZaloCarrier.Name, _seed }));
        (Access, _refresh) = kept is { Renewals: > 0 } ? (kept.AccessToken, kept.RefreshToken) : (_options.AccessToken, _options.RefreshToken);
        (_renewals, RenewedAt) = kept is null ? (0, clock.GetCurrentInstant()) : (kept.Renewals, kept.RenewedAt);
        // Nothing says how old a configured refresh token is: its age counts from when we first saw it.
        if (kept is null)
            Write(Access, _refresh, RenewedAt, 0);
        metrics.TokenEnds(ZaloCarrier.Name, () => (Ends - clock.GetCurrentInstant()).TotalSeconds);
    }

    /// <summary>The access token in force; empty when none was fetched yet.</summary>
    public string Access { get; private set; }

    /// <summary>Since when the refresh token in force is known.</summary>
    public Instant RenewedAt { get; private set; }

    /// <summary>What will stop Zalo, or has done so unseen: the refresh token ends soon, or was refused.</summary>
    public CarrierConcern? Concern
    {
        get
        {
            var ends = Ends;
            if (_refused is { } refused)
                return new CarrierConcern(refused.Code, refused.Reason, refused.Remedy, ends);
            return _clock.GetCurrentInstant() < ends - Duration.FromTimeSpan(_options.WarnBefore)
                ? null
                : new CarrierConcern("token-ends", "the refresh token ends and could not be renewed", ZaloCodes.AuthoriseAnew, ends);
        }
    }

    Instant Ends => RenewedAt + Duration.FromTimeSpan(_options.RefreshTokenLasts);

    /// <summary>Takes note that an access token was accepted.</summary>
    public void Worked(string access) => _worked = access;

    /// <summary>Renews the pair, unless somebody else has done so since the spent token was read.</summary>
    /// <param name="spent">The access token that was refused.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What to say of the delivery: to be sent again with the token now in force, or that the channel is stopped.</returns>
    public Task<Receipt> Renew(string spent, CancellationToken cancellation) => Renew(spent, wasRefused: true, cancellation);

    /// <summary>Renews a pair that has grown old, although nobody has refused it.</summary>
    public Task<Receipt> RenewInTime(CancellationToken cancellation) => Renew(Access, wasRefused: false, cancellation);

    public void Dispose() => _renewing.Dispose();

    async Task<Receipt> Renew(string spent, bool wasRefused, CancellationToken cancellation)
    {
        await _renewing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Access != spent)
                return Again(TimeSpan.Zero);
            if (wasRefused && _worked != spent && _renewedTick is { } renewed && _time.GetElapsedTime(renewed) < Fresh)
                return new Receipt.ChannelStopped(ZaloCodes.TokenInvalid, "a new access token was refused", ZaloCodes.AuthoriseAnew);
            if (_unkept is null)
            {
                // Not to be given up half-way: whoever hangs up after Zalo has taken the old token loses the new one.
                var reply = await _link.Send(Request, CancellationToken.None).ConfigureAwait(false);
                if (reply.Instead is not null || Read(reply.Body) is not { } pair)
                    return Again(AskAgain);
                if (pair is not { AccessToken: { } access, RefreshToken: { } refresh } || !IsToken(access) || !IsToken(refresh))
                    return _refused = ZaloCodes.RefreshRefused(pair.Error ?? "token", pair.ErrorName ?? pair.ErrorDescription);
                _unkept = (access, refresh);
            }
            return Keep(_unkept.Value) ? Again(TimeSpan.Zero) : Again(AskAgain);
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Whether it can stand in a header.</summary>
    static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    HttpRequestMessage Request() => new(HttpMethod.Post, $"{_options.OAuthUrl.ToString().TrimEnd('/')}/v4/oa/access_token")
    {
        Headers = { { "secret_key", _options.AppSecret } },
        Content = new FormUrlEncodedContent(
        [
            new("app_id", _options.AppId), new("grant_type", "refresh_token"), new("refresh_token", _refresh),
        ]),
    };

    /// <summary>False while the disk is full: the new pair waits in memory, unused, since the old one is spent.</summary>
    bool Keep((string Access, string Refresh) pair)
    {
        var now = _clock.GetCurrentInstant();
        try
        {
            Write(pair.Access, pair.Refresh, now, _renewals + 1);
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            Log.StoreTrouble(_log, failure.Message);
            return false;
        }
        (_unkept, _refused) = (null, null);
        (_refresh, RenewedAt, _renewedTick) = (pair.Refresh, now, _time.GetTimestamp());
        _renewals++;
        Access = pair.Access;
        Log.TokenRenewed(_log, ZaloCarrier.Name);
        return true;
    }

    void Write(string access, string refresh, Instant now, int renewals) => _operations.Write(connection => connection.Execute(
        Statements.Of("tokens-keep"), new { Carrier = ZaloCarrier.Name, Seed = _seed, access, refresh, now, renewals }));

    static Receipt.TryLater Again(TimeSpan after) => new(ZaloCodes.TokenInvalid, "the access token is being renewed", after, Everyone: true);

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

        public required Instant RenewedAt { get; init; }

        public required int Renewals { get; init; }
    }
}
