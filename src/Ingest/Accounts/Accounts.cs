using NodaTime;

namespace CanhLu.Ingest;

/// <summary>The accounts of the door: the book in force, and what administration does to it.</summary>
/// <param name="memory">Where they are kept.</param>
/// <param name="clock">When they were made and revoked.</param>
public sealed class Accounts(IDoorMemory memory, IClock clock)
{
    readonly Lock _changing = new();
    AccountBook _book = AccountBook.Empty;
    string _mark = "";

    /// <summary>The book in force.</summary>
    public AccountBook Book => Volatile.Read(ref _book);

    /// <summary>A new book came into force.</summary>
    public event Action? Swapped;

    /// <summary>Makes an account for a device and returns its secret, which is told this once and kept nowhere.</summary>
    /// <exception cref="ArgumentException">The name cannot be a device's id.</exception>
    /// <exception cref="InvalidOperationException">There is an account of this name that is not revoked.</exception>
    public string AddDevice(string name, string by) => AddDevices([name], by)[0];

    /// <summary>Makes accounts for many devices and returns their secrets, in the order asked, which are told this once and kept nowhere. The book is read once, behind the last one: one
    /// reading an account would take a town of gauges minutes.</summary>
    /// <exception cref="ArgumentException">A name cannot be a device's id; those before it have their accounts.</exception>
    /// <exception cref="InvalidOperationException">There is an account of a name that is not revoked; those before it have their accounts.</exception>
    public IReadOnlyList<string> AddDevices(IReadOnlyList<string> names, string by)
    {
        lock (_changing)
        {
            try
            {
                var secrets = new List<string>(names.Count);
                foreach (var name in names)
                {
                    secrets.Add(PasswordHash.NewSecret());
                    Keep(name, AccountRole.Device, PasswordHash.OfSecret(secrets[^1]), by);
                }
                return secrets;
            }
            finally
            {
                Reload();
            }
        }
    }

    /// <summary>Makes an account for a technician. Without a password of their own they get a secret, told this once and kept nowhere.</summary>
    /// <exception cref="ArgumentException">The name is none, or the password is shorter than 10 characters.</exception>
    /// <exception cref="InvalidOperationException">There is an account of this name that is not revoked.</exception>
    public string AddTechnician(string name, string? password, string by)
    {
        if (password is { Length: < 10 })
            throw new ArgumentException("A password has at least 10 characters.", nameof(password));
        var secret = password ?? PasswordHash.NewSecret();
        var hash = password is null ? PasswordHash.OfSecret(secret) : PasswordHash.OfPassword(secret);
        lock (_changing)
        {
            Keep(name, AccountRole.Technician, hash, by);
            Reload();
        }
        return secret;
    }

    /// <summary>Gives a device's account another secret, told this once and kept nowhere. The one before lets in for a while too, so that the device can be given the new one in its
    /// own time; of several renewals within that while it is the first one's.</summary>
    /// <param name="name">The device's id.</param>
    /// <param name="formerFor">How long the secret before lets in; zero ends it at once, and closes the device's connections.</param>
    /// <param name="by">Who.</param>
    /// <exception cref="InvalidOperationException">There is no account of a device of this name that is not revoked.</exception>
    public string RenewDevice(string name, Duration formerFor, string by)
    {
        var secret = PasswordHash.NewSecret();
        lock (_changing)
        {
            Reload();
            var now = clock.GetCurrentInstant();
            if (Book.Find(name) is not { Role: AccountRole.Device, RevokedAt: null }
                || !memory.Renew(name, PasswordHash.OfSecret(secret), formerFor > Duration.Zero ? now + formerFor : null, now, by))
                throw new InvalidOperationException($"There is no account '{name}' of a device in force.");
            Reload();
        }
        return secret;
    }

    /// <summary>Ends an account; its connections are closed. False when there is none, or it was revoked before.</summary>
    public bool Revoke(string name, string by)
    {
        lock (_changing)
        {
            var revoked = memory.Revoke(name, clock.GetCurrentInstant(), by);
            Reload();
            return revoked;
        }
    }

    /// <summary>All accounts as they are kept now, revoked ones too.</summary>
    public IReadOnlyList<Account> List() => memory.Accounts();

    /// <summary>Takes over what was changed in the store, perhaps by another process, and ends the passwords whose time is over; does nothing when nothing was.</summary>
    public void Reload()
    {
        lock (_changing)
        {
            if (Book.NextEnd is { } end && clock.GetCurrentInstant() is var now && end <= now)
                memory.EndFormer(now);
            var mark = memory.AccountsMark();
            if (mark == _mark)
                return;
            Volatile.Write(ref _book, new AccountBook(memory.Accounts()));
            _mark = mark;
        }
        Swapped?.Invoke();
    }

    void Keep(string name, AccountRole role, string hash, string by)
    {
        if (!Account.IsName(name))
            throw new ArgumentException($"'{name}' cannot be a name: 1 to 64 letters, digits, '-', '_' and '.'.", nameof(name));
        if (!memory.Add(new Account(name, role, hash, clock.GetCurrentInstant(), by)))
            throw new InvalidOperationException($"There is an account '{name}' already; revoke it first.");
    }
}
