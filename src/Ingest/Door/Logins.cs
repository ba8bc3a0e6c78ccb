using System.Text;
using Microsoft.Extensions.Logging;

namespace CanhLu.Ingest;

/// <summary>Decides who comes in, and holds back whoever guesses.</summary>
/// <remarks>Failures count by name and address together: an attacker elsewhere cannot lock a gauge out, and one gauge with a wrong secret does not
/// lock out the others behind the same mobile network's address.</remarks>
sealed class Logins(Accounts accounts, Knocks knocks, DoorOptions options, TimeProvider time, DoorMetrics metrics, ILogger logger) : IDisposable
{
    // A table of 4,096 troubles is about 1 MB; more at once is an attack, and the oldest make way.
    const int MostTroubles = 4_096;

    // A person's password takes a tenth of a second of a core to check: one at a time, and a short line before it.
    const int MostWaiting = 8;

    // Lines about failing logins within a minute; who tries a thousand names fills the metrics, not the log.
    const int MostTold = 50;

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly string NobodysHash = PasswordHash.OfSecret("nobody");

    readonly Lock _gate = new();
    readonly Dictionary<(string Name, string Address), LoginTrouble> _troubles = [];
    readonly SemaphoreSlim _slow = new(1, 1);
    int _waiting;
    long _toldSince;
    int _told;

    /// <param name="connect">What was said.</param>
    /// <param name="certificateName">The CN of the client's certificate, when it showed one that its authority vouches for.</param>
    /// <param name="address">Where it comes from.</param>
    public async ValueTask<(ReasonCode Answer, Account? Account)> Check(ConnectPacket connect, string? certificateName, string address)
    {
        var name = connect.UserName ?? certificateName ?? "";
        var (answer, account) = IsHeldBack(name, address) ? (ReasonCode.ConnectionRateExceeded, null) : await Judge(connect, certificateName, name);
        metrics.Login(answer);
        if (answer == ReasonCode.Success)
        {
            Succeeded(name, address);
            knocks.CameIn(name);
            return (answer, account);
        }
        if (answer != ReasonCode.ConnectionRateExceeded)
            Failed(name, address, answer);
        knocks.Add(connect, name, address, Why(answer, accounts.Book.Find(name)));
        return (answer, null);
    }

    /// <summary>Forgets troubles that are over.</summary>
    public void Sweep()
    {
        lock (_gate)
            foreach (var (who, trouble) in _troubles)
                if (time.GetElapsedTime(trouble.LastAt) >= Minute)
                    End(who, trouble);
    }

    public void Dispose() => _slow.Dispose();

    async ValueTask<(ReasonCode, Account?)> Judge(ConnectPacket connect, string? certificateName, string name)
    {
        var account = accounts.Book.Find(name);
        if (connect.Password is null && certificateName is not null)
            return name == certificateName && account is { Role: AccountRole.Device, RevokedAt: null } ? (ReasonCode.Success, account) : (ReasonCode.NotAuthorized, null);
        var right = await Verify(account?.PasswordHash ?? NobodysHash, connect.Password ?? []);
        // Whoever comes in by the password before is ended when that ends.
        if (right is false && account is { FormerHash: { } former } && await Verify(former, connect.Password ?? []) is true)
            (right, account) = (true, account with { PasswordHash = former });
        if (right is null)
            return (ReasonCode.ConnectionRateExceeded, null);
        if (right is false || account is null)
            return (ReasonCode.BadUserNameOrPassword, null);
        return account.RevokedAt is null ? (ReasonCode.Success, account) : (ReasonCode.NotAuthorized, null);
    }

    static KnockReason Why(ReasonCode answer, Account? account) => answer switch
    {
        ReasonCode.ConnectionRateExceeded => KnockReason.TooOften,
        _ when account is null => KnockReason.UnknownName,
        _ when account.RevokedAt is not null => KnockReason.Revoked,
        _ => KnockReason.WrongPassword,
    };

    // Null: too many wait already.
    async ValueTask<bool?> Verify(string hash, byte[] password)
    {
        if (!PasswordHash.IsSlow(hash))
            return PasswordHash.Verify(hash, password);
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        await _slow.WaitAsync();
        try
        {
            return PasswordHash.Verify(hash, password);
        }
        finally
        {
            _slow.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }

    bool IsHeldBack(string name, string address)
    {
        lock (_gate)
            return _troubles.TryGetValue((name, address), out var trouble)
                && time.GetElapsedTime(trouble.Since) < Minute && trouble.Recent >= options.FailedLoginsPerMinute;
    }

    void Succeeded(string name, string address)
    {
        lock (_gate)
            if (_troubles.TryGetValue((name, address), out var trouble))
                End((name, address), trouble);
    }

    void Failed(string name, string address, ReasonCode answer)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_troubles.TryGetValue((name, address), out var trouble))
            {
                if (_troubles.Count >= MostTroubles)
                    _troubles.Remove(_troubles.MinBy(other => other.Value.LastAt).Key);
                _troubles[(name, address)] = trouble = new LoginTrouble(now);
                if (MayTell(now))
                {
                    trouble.IsTold = true;
                    DoorLog.LoginsFail(logger, Masked(name), address, answer);
                }
            }
            if (time.GetElapsedTime(trouble.Since) >= Minute)
            {
                trouble.Since = now;
                trouble.Recent = 0;
            }
            trouble.LastAt = now;
            trouble.Recent++;
            trouble.All++;
        }
    }

    void End((string Name, string Address) who, LoginTrouble trouble)
    {
        _troubles.Remove(who);
        if (trouble.IsTold)
            DoorLog.LoginsRecovered(logger, Masked(who.Name), who.Address, trouble.All);
    }

    bool MayTell(long now)
    {
        if (_told == 0 || time.GetElapsedTime(_toldSince) >= Minute)
            (_toldSince, _told) = (now, 0);
        return ++_told <= MostTold;
    }

    // A name that nobody has may be a password in the wrong field: of such a one only the beginning is told.
    string Masked(string name) => accounts.Book.Find(name) is not null ? name : $"{new string([.. Printable(name).Take(2)])}*** ({Encoding.UTF8.GetByteCount(name)} bytes, unknown)";

    static IEnumerable<char> Printable(string name) => name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?');
}
