using CanhLu.Console.Accounts;
using CanhLu.Duty;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>Coming in, staying in, and the end of it, over a real store and a clock that is moved by hand.</summary>
public sealed class SignInTests : IDisposable
{
    readonly Town _town = new();

    [Fact]
    public void There_is_no_account_that_nobody_made_and_the_first_link_makes_one_once()
    {
        Assert.False(_town.Users.IsAny());
        var stale = _town.Users.FirstLink()!;
        var link = _town.Users.FirstLink()!;
        Assert.IsType<Accepted.Gone>(_town.Users.Accept(stale, "Lan", Town.Password));
        Assert.IsType<Accepted.Refused>(_town.Users.Accept(link, "Lan", "123456"));
        Assert.IsType<Accepted.Refused>(_town.Users.Accept(link, " ", Town.Password));
        var made = Assert.IsType<Accepted.Done>(_town.Users.Accept(link, "Lan", Town.Password)).User;
        Assert.Equal(("Lan", Role.Administrator, 0), (made.Name, made.Role, made.Areas.Length));
        Assert.IsType<Accepted.Gone>(_town.Users.Accept(link, "Minh", Town.Password));
        Assert.Null(_town.Users.FirstLink());
    }

    [Fact]
    public void A_link_works_for_a_day_and_the_newest_only()
    {
        var (_, older) = _town.Users.Invite("Lan", Role.Viewer, [], null, "test");
        var (_, link) = _town.Users.Invite("Lan", Role.Viewer, [], null, "test");
        Assert.Null(_town.Users.Look(older!));
        Assert.NotNull(_town.Users.Look(link!));
        _town.Time.Advance(TimeSpan.FromHours(24));
        Assert.IsType<Accepted.Gone>(_town.Users.Accept(link!, null, Town.Password));
    }

    [Fact]
    public void After_five_wrong_passwords_in_a_row_the_right_one_is_refused_for_five_minutes()
    {
        _town.Someone("Lan", Role.Viewer);
        for (var i = 0; i < 4; i++)
            Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", "không phải mật khẩu"));
        _town.In("lan");
        for (var i = 0; i < 5; i++)
            Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", "không phải mật khẩu"));
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan"));
        Assert.Equal("locked out", _town.Audit[0].Action);
        _town.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        _town.In("Lan");
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Nobody"));
    }

    [Fact]
    public void Whoever_decides_shows_a_code_and_none_twice()
    {
        _town.Someone("Lan", Role.Officer);
        var without = _town.Sessions.Look(_town.In("Lan"))!.Value;
        Assert.False(without.Session.SecondFactor);
        var (key, recovery) = _town.Enrol("Lan");
        Assert.IsType<SignedIn.CodeMissing>(_town.SignIn("Lan"));
        // The code that set it up is used up.
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", code: _town.Code(key)));
        _town.Time.Advance(TimeSpan.FromMinutes(1));
        var code = _town.Code(key);
        Assert.True(_town.Sessions.Look(_town.In("Lan", code))!.Value.Session.SecondFactor);
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", code: code));
        Assert.Equal(10, recovery.Distinct().Count());
        _town.In("Lan", recovery[3].ToUpperInvariant());
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", code: recovery[3]));
        Assert.Null(_town.Factor.Begin(without.User.Id));
        for (var i = 0; i < 5; i++)
            _town.SignIn("Lan", code: "000000");
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan", code: recovery[4]));
    }

    [Fact]
    public void A_session_ends_when_it_is_idle_when_its_time_is_up_and_when_it_is_ended()
    {
        var options = new AccountOptions();
        var user = _town.Someone("Lan", Role.Officer);
        var idle = _town.In("Lan");
        _town.Time.Advance(options.Idle - TimeSpan.FromMinutes(1));
        Assert.NotNull(_town.Sessions.Look(idle));
        _town.Time.Advance(options.Idle - TimeSpan.FromMinutes(1));
        Assert.NotNull(_town.Sessions.Look(idle));
        _town.Time.Advance(options.Idle);
        Assert.Null(_town.Sessions.Look(idle));

        var busy = _town.In("Lan");
        for (var gone = TimeSpan.Zero; gone < options.Longest - TimeSpan.FromHours(1); gone += TimeSpan.FromHours(1))
        {
            _town.Time.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(_town.Sessions.Look(busy));
        }
        _town.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(_town.Sessions.Look(busy));

        var (one, other) = (_town.In("Lan"), _town.In("Lan"));
        var id = _town.Sessions.Look(one)!.Value.Session.Id;
        Assert.False(_town.Sessions.End(id, user.Id + 1, "Minh"));
        Assert.True(_town.Sessions.End(id, user.Id, "Lan"));
        Assert.False(_town.Sessions.End(id, user.Id, "Lan"));
        Assert.Null(_town.Sessions.Look(one));
        Assert.NotNull(_town.Sessions.Look(other));
        Assert.Null(_town.Sessions.Look(other + "x"));
    }

    [Fact]
    public void A_new_password_another_role_and_the_end_of_an_account_end_its_sessions()
    {
        _town.Someone("Quản trị", Role.Administrator);
        var user = _town.Someone("Lan", Role.Officer);
        var (_, recovery) = _town.Enrol("Lan");
        var before = _town.In("Lan", recovery[0]);
        var link = _town.Users.Reset(user.Id, "test").Token!;
        Assert.NotNull(_town.Sessions.Look(before));
        Assert.False(Assert.IsType<Accepted.Done>(_town.Users.Accept(link, "Other", "thuyền khác trên biển")).User.HasSecondFactor);
        Assert.Null(_town.Sessions.Look(before));
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan"));

        var token = Assert.IsType<SignedIn.Done>(_town.SignIn("Lan", "thuyền khác trên biển")).Token;
        var session = _town.Sessions.Look(token)!.Value.Session;
        Assert.IsType<Answer.Refused>(_town.Users.ChangePassword(session, "sai", Town.Password));
        var other = Assert.IsType<SignedIn.Done>(_town.SignIn("Lan", "thuyền khác trên biển")).Token;
        Assert.IsType<Answer.Done>(_town.Users.ChangePassword(session, "thuyền khác trên biển", Town.Password));
        Assert.Null(_town.Sessions.Look(other));
        Assert.NotNull(_town.Sessions.Look(token));

        _town.Users.Change(user.Id, Role.Commander, ["20356"], null, "Quản trị");
        Assert.Null(_town.Sessions.Look(token));
        var changed = _town.Audit[0];
        Assert.Equal(("changed account", "Quản trị"), (changed.Action, changed.Who));
        Assert.Equal("""{"role":"officer","areas":[]}""", changed.Before);
        Assert.Equal("""{"role":"commander","areas":["20356"]}""", changed.After);
        var last = _town.In("Lan");
        Assert.IsType<Answer.Done>(_town.Users.End(user.Id, "Quản trị"));
        Assert.Null(_town.Sessions.Look(last));
        Assert.IsType<SignedIn.Refused>(_town.SignIn("Lan"));
    }

    [Fact]
    public void The_last_administrator_stays()
    {
        var only = _town.Someone("Lan", Role.Administrator);
        Assert.IsType<Answer.Refused>(_town.Users.End(only.Id, "Lan"));
        Assert.IsType<Answer.Refused>(_town.Users.Change(only.Id, Role.Viewer, [], null, "Lan"));
        Assert.IsType<Answer.Refused>(_town.Users.Change(only.Id, Role.Administrator, ["20341"], null, "Lan"));
        _town.Someone("Minh", Role.Administrator);
        Assert.IsType<Answer.Done>(_town.Users.End(only.Id, "Minh"));
    }

    [Fact]
    public void Nobody_decides_as_an_officer_without_being_tied_to_him()
    {
        _town.Operations.Write(connection => connection.Execute(
            "INSERT INTO officers (id, name, role, phone, entered_by, entered_at) VALUES (1, 'Bà Lan', 'supervisor', '+84905000001', 'test', 0)"));
        Assert.IsType<Answer.Refused>(_town.Users.Invite("bà lan", Role.Officer, [], null, "test").Answer);
        Assert.IsType<Answer.Refused>(_town.Users.Invite("lan", Role.Officer, [], 2, "test").Answer);
        var (_, link) = _town.Users.Invite("lan", Role.Commander, [], 1, "test");
        Assert.Equal("Bà Lan", Assert.IsType<Accepted.Done>(_town.Users.Accept(link!, null, Town.Password)).User.DecidesAs);
        Assert.IsType<Answer.Refused>(_town.Users.Invite("Lan", Role.Viewer, [], null, "test").Answer);
        Assert.IsType<Answer.Refused>(new ApiTokens(_town.Writings).Make("LAN", Role.Viewer, [], null, "test").Answer);
        Assert.IsType<Answer.Refused>(new ApiTokens(_town.Writings).Make("bot", Role.Officer, [], null, "test").Answer);
    }

    [Theory]
    [InlineData("ngắn quá")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("mật khẩu của Lan đây")]
    public void A_password_that_is_short_repeats_or_holds_the_name_is_none(string password)
    {
        var (_, link) = _town.Users.Invite("Lan", Role.Viewer, [], null, "test");
        Assert.IsType<Accepted.Refused>(_town.Users.Accept(link!, null, password));
    }

    [Fact]
    public void The_store_holds_nothing_that_lets_anybody_in()
    {
        var (_, link) = _town.Users.Invite("Lan", Role.Officer, [], null, "test");
        Assert.IsType<Accepted.Done>(_town.Users.Accept(link!, null, Town.Password));
        var (_, recovery) = _town.Enrol("Lan");
        var session = _town.In("Lan", recovery[0]);
        var program = new ApiTokens(_town.Writings).Make("bot", Role.Viewer, [], null, "test").Token!;
        var bytes = _town.Bytes();
        Assert.Contains("signed in", bytes, StringComparison.Ordinal);
        foreach (var secret in new[] { link!, Town.Password, session, program, recovery[1], recovery[1].Replace("-", "", StringComparison.Ordinal) })
            Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(secret)), bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_stands_in_the_audit()
    {
        _town.Someone("Lan", Role.Officer);
        var (_, recovery) = _town.Enrol("Lan");
        var token = _town.In("Lan", recovery[0]);
        var session = _town.Sessions.Look(token)!.Value.Session;
        _town.Sessions.End(session.Id, null, "Lan");
        Assert.Equal(
            ["invited", "made account", "signed in", "set second factor", "signed in", "used recovery code", "signed in", "signed out"],
            _town.Audit.Reverse().Select(entry => entry.Action));
        Assert.All(_town.Audit.Reverse().Skip(1), entry => Assert.Equal("Lan", entry.Who));
    }

    public void Dispose() => _town.Dispose();
}
