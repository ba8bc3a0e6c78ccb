using CanhLu.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Signing in, staying in, and the end of it. A session is a row: it can be ended from outside, and ends by itself.</summary>
public sealed class Sessions(Writings writings, IOptions<AccountOptions> options, ILogger<Sessions> logger)
{
    const int LongestAgent = 200;

    /// <summary>ASP.NET Core Identity's rule: five wrong ones in a row, then nobody comes in for five minutes.</summary>
    static readonly LockoutOptions Lockout = new();

    /// <summary>Looking must cost no write each time.</summary>
    static readonly Duration SeenEvery = Duration.FromMinutes(1);

    Instant Since => writings.Now - Duration.FromTimeSpan(options.Value.Idle);

    /// <summary>Begins a session.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The code of the second factor, or a recovery code; null when none was given.</param>
    /// <param name="address">Where the browser is.</param>
    /// <param name="agent">What it says it is.</param>
    public SignedIn SignIn(string name, string password, string? code, string address, string agent)
    {
        // Hashing takes its time, and the store has one writer.
        var shown = writings.Read(writing => new UserBook(writing).Named(name));
        var isRight = password.Length <= Passwords.Longest && Passwords.IsRight(shown?.PasswordHash, password);
        if (shown is null)
        {
            Log.SignInRefused(logger, address);
            return new SignedIn.Refused();
        }
        var answer = writings.Write<SignedIn>(writing =>
        {
            var book = new UserBook(writing);
            if (book.Of(shown.Id) is not { } user || user.PasswordHash != shown.PasswordHash || user.LockedUntilAt > writing.Now)
                return new SignedIn.Refused();
            if (!isRight)
                return Failed(writing, book, user, address);
            if (user.HasSecondFactor && string.IsNullOrWhiteSpace(code))
                return new SignedIn.CodeMissing();
            if (user.HasSecondFactor && !SecondFactor.Takes(writing, book, user, code!))
                return Failed(writing, book, user, address);
            book.Count(user, 0, null);
            return new SignedIn.Done(user, Begin(writing, user, user.HasSecondFactor, address, agent));
        });
        if (answer is SignedIn.Refused)
            Log.SignInRefused(logger, address);
        return answer;
    }

    /// <summary>Begins a session of somebody who has just used a link; who decides has no second factor in it yet.</summary>
    public string Begin(User user, string address, string agent) => writings.Write(writing => Begin(writing, user, false, address, agent));

    /// <summary>Begins a session of somebody for whom the city's sign-on stands; the account is made the first time.</summary>
    /// <param name="subject">What the sign-on calls the person, always.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="role">What the sign-on lets the person do, from now on.</param>
    /// <param name="secondFactor">Whether a second factor was shown there.</param>
    /// <param name="address">Where the browser is.</param>
    /// <param name="agent">What it says it is.</param>
    /// <returns>What the browser shows from now on, or why not.</returns>
    public (string? Token, string? Why) SignOn(string subject, string name, Role role, bool secondFactor, string address, string agent) => writings.Write<(string?, string?)>(writing =>
    {
        var book = new UserBook(writing);
        if (role >= Role.Officer && !secondFactor)
            return (null, "Whoever decides shows a second factor at the city's sign-on; it says of none.");
        if (book.IsEnded(subject))
            return (null, "This account has ended: ask an administrator.");
        if (book.OfSubject(subject) is not { } user)
        {
            if (book.WhyNot(name, null) is { } why)
                return (null, why);
            user = book.Of(book.Make(name, role, "", null, "", "the city's sign-on", subject))!;
        }
        if (user.Role != role)
            book.Change(user, role, user.AreaCodes, user.Officer, "the city's sign-on");
        return (Begin(writing, user with { Role = role }, secondFactor, address, agent), null);
    });

    /// <summary>The session and the user of what a browser shows; null when there is none, or it has ended.</summary>
    public (Session Session, User User)? Look(string token)
    {
        var found = writings.Read<(Session, User)?>(writing =>
            new SessionBook(writing).Of(token, Since) is { } session && new UserBook(writing).Of(session.UserId) is { } user ? (session, user) : null);
        if (found is ({ } used, _) && writings.Now - used.SeenAt >= SeenEvery)
            Touch(used.Id);
        return found;
    }

    /// <summary>The sessions that have not ended, the last used first.</summary>
    /// <param name="user">Whose; null for everybody's.</param>
    public IReadOnlyList<Session> All(long? user) => writings.Read(writing => new SessionBook(writing).All(Since).FindAll(one => user is null || one.UserId == user));

    /// <summary>Ends a session; false when there is none such that has not ended.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="user">Whose it must be; null for anybody's.</param>
    /// <param name="by">Who ends it.</param>
    public bool End(long id, long? user, string by) => writings.Write(writing =>
    {
        var book = new SessionBook(writing);
        return book.All(Since).Find(one => one.Id == id && (user is null || one.UserId == user)) is { } session && book.End(session, by);
    });

    internal string Begin(Writing writing, User user, bool secondFactor, string address, string agent) => new SessionBook(writing).Begin(
        user, secondFactor, writing.Now + Duration.FromTimeSpan(user.Decides ? options.Value.Longest : options.Value.LongestLooking), address,
        agent.Length > LongestAgent ? agent[..LongestAgent] : agent);

    SignedIn.Refused Failed(Writing writing, UserBook book, User user, string address)
    {
        var isLocked = user.Failures + 1 >= Lockout.MaxFailedAccessAttempts;
        book.Count(user, isLocked ? 0 : user.Failures + 1, isLocked ? writing.Now + Duration.FromTimeSpan(Lockout.DefaultLockoutTimeSpan) : null);
        if (isLocked)
        {
            writing.Note(user.Name, "locked out", $"user/{user.Id}", null, new { address });
            Log.LockedOut(logger, user.Name, address);
        }
        return new SignedIn.Refused();
    }

    void Touch(long id)
    {
        try
        {
            writings.WriteUnnoticed(writing => new SessionBook(writing).Touch(id));
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            // A full disk keeps nobody from looking; the session may end earlier than it should.
        }
    }
}
