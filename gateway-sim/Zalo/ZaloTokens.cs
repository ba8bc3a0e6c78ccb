using System.Globalization;

namespace CanhLu.GatewaySim.Zalo;

/// <summary>Zalo's tokens: an access token holds until it is forgotten, a refresh token works once.</summary>
sealed class ZaloTokens(GatewaySimOptions options)
{
    readonly Lock _lock = new();

    // Guarded by _lock. Null takes any token: nobody told us the first one.
    readonly HashSet<string> _access = options.ZaloAccessToken is { } access ? [access] : [];
    readonly HashSet<string> _used = [];
    bool _anyAccess = options.ZaloAccessToken is null;
    string? _refresh = options.ZaloRefreshToken;
    int _issued;

    public bool Accepts(string token)
    {
        lock (_lock)
        {
            return token.Length > 0 && (_anyAccess || _access.Contains(token));
        }
    }

    /// <summary>Every access token expires.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            _access.Clear();
            _anyAccess = false;
        }
    }

    /// <summary>A new pair for a refresh token that was not used before; null for any other.</summary>
    public (string Access, string Refresh)? Exchange(string refresh)
    {
        lock (_lock)
        {
            if (refresh.Length == 0 || (_refresh is not null && refresh != _refresh) || !_used.Add(refresh))
            {
                return null;
            }

            _issued++;
            var access = string.Create(CultureInfo.InvariantCulture, $"access-{_issued}-{Guid.NewGuid():N}");
            _refresh = string.Create(CultureInfo.InvariantCulture, $"refresh-{_issued}-{Guid.NewGuid():N}");
            _access.Add(access);
            _anyAccess = false;
            return (access, _refresh);
        }
    }
}
