using System.Collections.Immutable;
using CanhLu.Duty;

namespace CanhLu.Console.Accounts;

/// <summary>Who has an account: invited, made by a link, changed, ended. There is none that anybody did not make.</summary>
public sealed class UserList(Writings writings)
{
    volatile bool _isAny;

    /// <summary>Whether anybody has, or ever had, an account.</summary>
    public bool IsAny() => _isAny = _isAny || writings.Read(writing => new UserBook(writing).IsAny);

    /// <summary>All users, by name.</summary>
    public IReadOnlyList<User> All() => writings.Read(writing => new UserBook(writing).All());

    /// <summary>One user; null when there is none of that number.</summary>
    public User? Of(long id) => writings.Read(writing => new UserBook(writing).Of(id));

    /// <summary>The link by which the first administrator is made; null when there is, or ever was, anybody. A link made before works no more.</summary>
    public string? FirstLink() => writings.Write(writing =>
        new UserBook(writing).IsAny ? null : new InvitationBook(writing).Make(null, null, Role.Administrator, "", null, "the first start"));

    /// <summary>Makes a link by which a person makes an account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="areas">For which areas; empty for everywhere.</param>
    /// <param name="officer">The officer that the person is; null for none.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>The answer, and what stands in the link.</returns>
    public (Answer Answer, string? Token) Invite(string name, Role role, ImmutableArray<string> areas, long? officer, string by) => writings.Write<(Answer, string?)>(writing =>
    {
        var book = new UserBook(writing);
        if ((Unknown(book, officer) ?? book.WhyNot(name, officer)) is { } why)
            return (new Answer.Refused(why), null);
        writing.Note(by, "invited", "user/new", null, new { name, role = UserBook.Word(role), areas, officer });
        return (new Answer.Done(null), new InvitationBook(writing).Make(null, name, role, string.Join(',', areas), officer, by));
    });

    /// <summary>Makes a link by which a person gets a new password and, who decides, a new second factor.</summary>
    /// <param name="id">The user's number.</param>
    /// <param name="by">Who makes it.</param>
    public (Answer Answer, string? Token) Reset(long id, string by) => writings.Write<(Answer, string?)>(writing =>
    {
        if (new UserBook(writing).Of(id) is not { } user)
            return (new Answer.NotFound(), null);
        if (user.PasswordHash.Length == 0)
            return (new Answer.Refused("This account has no password: it comes in by the city's sign-on."), null);
        writing.Note(by, "invited to reset", $"user/{id}", null, new { user.Name });
        return (new Answer.Done(null, id), new InvitationBook(writing).Make(id, user.Name, user.Role, user.AreaCodes, user.Officer, by));
    });

    /// <summary>What a link is for; null when it works no more.</summary>
    public Invitation? Look(string token) => writings.Read(writing => new InvitationBook(writing).Of(token));

    /// <summary>Uses a link, which then works no more.</summary>
    /// <param name="token">What stands in it.</param>
    /// <param name="name">The name that the first administrator chooses; of others it stands in the link.</param>
    /// <param name="password">The password.</param>
    public Accepted Accept(string token, string? name, string password)
    {
        if (Look(token) is not { } shown)
            return new Accepted.Gone();
        if (Passwords.WhyNot(password, shown.Name ?? name ?? "") is { } weak)
            return new Accepted.Refused(weak);
        var hash = Passwords.Hash(password);
        return writings.Write<Accepted>(writing =>
        {
            var (links, book) = (new InvitationBook(writing), new UserBook(writing));
            // Of two who use it at the same moment one is first; and the first administrator is made once.
            if (links.Of(token) is not { } link || (link is { UserId: null, Name: null } && book.IsAny))
                return new Accepted.Gone();
            if (link.UserId is { } known)
                return Renewed(writing, book, links, known, token, hash);
            var called = (link.Name ?? name)?.Trim() ?? "";
            if (book.WhyNot(called, link.Officer) is { } why)
                return new Accepted.Refused(why);
            links.Use(token);
            return new Accepted.Done(book.Of(book.Make(called, link.Role, link.AreaCodes, link.Officer, hash, link.MadeBy))!);
        });
    }

    /// <summary>Changes what a user may do.</summary>
    /// <param name="id">The user's number.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="areas">For which areas; empty for everywhere.</param>
    /// <param name="officer">The officer that the user is; null for none.</param>
    /// <param name="by">Who changes it.</param>
    public Answer Change(long id, Role role, ImmutableArray<string> areas, long? officer, string by) => writings.Write<Answer>(writing =>
    {
        var book = new UserBook(writing);
        if (book.Of(id) is not { } user)
            return new Answer.NotFound();
        if (Unknown(book, officer) is { } why)
            return new Answer.Refused(why);
        if (IsLast(book, user) && (role != Role.Administrator || !areas.IsEmpty))
            return new Answer.Refused("This is the last administrator: make another one first.");
        book.Change(user, role, string.Join(',', areas), officer, by);
        // Who may do more signs in as one who may.
        if (role != user.Role)
            new SessionBook(writing).EndAll(id);
        return new Answer.Done(null, id);
    });

    /// <summary>Ends an account and its sessions.</summary>
    public Answer End(long id, string by) => writings.Write<Answer>(writing =>
    {
        var book = new UserBook(writing);
        if (book.Of(id) is not { } user)
            return new Answer.NotFound();
        if (IsLast(book, user))
            return new Answer.Refused("This is the last administrator: make another one first.");
        book.End(user, by);
        new SessionBook(writing).EndAll(id);
        return new Answer.Done(null, id);
    });

    /// <summary>A user sets another password; other sessions end.</summary>
    /// <param name="session">The user's session.</param>
    /// <param name="old">The password until now.</param>
    /// <param name="password">The new one.</param>
    public Answer ChangePassword(Session session, string old, string password)
    {
        if (Of(session.UserId) is not { } user || !Passwords.IsRight(user.PasswordHash, old))
            return new Answer.Refused("old is not your password.");
        if (Passwords.WhyNot(password, user.Name) is { } weak)
            return new Answer.Refused(weak);
        var hash = Passwords.Hash(password);
        return writings.Write<Answer>(writing =>
        {
            new UserBook(writing).SetPassword(user, hash);
            new SessionBook(writing).EndAll(user.Id, session.Id);
            writing.Note(user.Name, "changed password", $"user/{user.Id}", null, null);
            return new Answer.Done(null, user.Id);
        });
    }

    static Accepted Renewed(Writing writing, UserBook book, InvitationBook links, long id, string token, string hash)
    {
        if (book.Of(id) is not { } user)
            return new Accepted.Gone();
        links.Use(token);
        book.SetPassword(user, hash);
        book.ForgetSecondFactor(user);
        new SessionBook(writing).EndAll(id);
        writing.Note(user.Name, "reset password", $"user/{id}", new { second_factor = user.HasSecondFactor }, new { second_factor = false });
        return new Accepted.Done(book.Of(id)!);
    }

    static string? Unknown(UserBook book, long? officer) =>
        officer is { } number && !book.IsOfficer(number) ? $"There is no officer {number}: /api/officers lists them." : null;

    static bool IsLast(UserBook book, User user) => IsWhole(user) && book.All().Count(IsWhole) == 1;

    static bool IsWhole(User user) => user is { Role: Role.Administrator, Areas.IsEmpty: true };
}
