using CanhLu.Console.Accounts;
using CanhLu.Database;
using CanhLu.Duty;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>A store with its accounts, and a clock that is moved by hand.</summary>
sealed class Town : IDisposable
{
    public const string Password = "con thuyền nhỏ trên sông";

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-access-").FullName;

    public Town()
    {
        Operations = Operations.Open(Path.Combine(_folder, "operations.db"));
        // The engine's own clock runs elsewhere: nothing of the accounts may end by it.
        Writings = new Writings(Operations, new FakeClock(Instant.FromUtc(2025, 10, 29, 0, 0)), Time);
        Users = new UserList(Writings);
        Sessions = new Sessions(Writings, Options.Create(new AccountOptions()), NullLogger<Sessions>.Instance);
        Factor = new SecondFactor(Writings, Sessions);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public Operations Operations { get; }

    public Writings Writings { get; }

    public UserList Users { get; }

    public Sessions Sessions { get; }

    public SecondFactor Factor { get; }

    public IReadOnlyList<AuditEntry> Audit => new DutyLog(Operations).Audit(100);

    public User Someone(string name, Role role)
    {
        var (_, token) = Users.Invite(name, role, [], null, "test");
        return Assert.IsType<Accepted.Done>(Users.Accept(token!, null, Password)).User;
    }

    public SignedIn SignIn(string name, string password = Password, string? code = null) => Sessions.SignIn(name, password, code, "127.0.0.1", "test");

    public string In(string name, string? code = null) => Assert.IsType<SignedIn.Done>(SignIn(name, Password, code)).Token;

    /// <summary>Sets up a second factor; returns the key and the recovery codes.</summary>
    public (byte[] Key, IReadOnlyList<string> Recovery) Enrol(string name)
    {
        var session = Sessions.Look(In(name))!.Value.Session;
        var key = Factor.Begin(session.UserId)!;
        return (key, Factor.Confirm(session, Code(key))!.Value.Recovery);
    }

    public string Code(byte[] key) => Totp.Code(key, Totp.StepAt(Writings.Now));

    /// <summary>Every byte that the store has on disk.</summary>
    public string Bytes() => string.Concat(Directory.GetFiles(_folder).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));

    public void Dispose()
    {
        Operations.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
