using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using CanhLu.Console.Accounts;
using CanhLu.Database;
using CanhLu.Duty;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu user</c>: who may use the page and the API. Whoever may write the engine's folder may let anybody in; a running engine knows it at once.</summary>
static class UserCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(IClock clock, TimeProvider time)
    {
        var command = new Command("user", "Accounts of the page and the API: people, by links that work once, and programs, by tokens.")
        {
            Invite(clock, time), Reset(clock, time), List(clock, time), End(clock, time), Token(clock, time),
        };
        command.Aliases.Add("account");
        return command;
    }

    static Command Invite(IClock clock, TimeProvider time)
    {
        var name = new Argument<string>("name") { Description = "the name by which the person signs in and decides" };
        var role = Role(CanhLu.Console.Accounts.Role.Viewer, "viewer, technician, officer, commander or administrator");
        var (areas, url, data, json) = (Areas(), Url(), Arguments.Data(), Arguments.Json());
        var officer = new Option<long?>("--officer") { Description = "the number of the officer that the person is; decisions are then the officer's" };
        var command = new Command("invite", "Makes a link by which a person makes an account, once, within 24 hours; it is shown this once.") { name, role, areas, officer, url, data, json };
        command.Aliases.Add("add");
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, time, writings => Link(
            new UserList(writings).Invite(parsed.GetValue(name)!, parsed.GetValue(role), Codes(parsed.GetValue(areas)), parsed.GetValue(officer), Environment.UserName),
            parsed.GetValue(url)!, parsed.GetValue(json))));
        return command;
    }

    static Command Reset(IClock clock, TimeProvider time)
    {
        var (name, url, data, json) = (Name(), Url(), Arguments.Data(), Arguments.Json());
        var command = new Command("reset", "Makes a link by which a person sets a new password, once, within 24 hours; whoever decides then sets up a new second factor.") { name, url, data, json };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, time, writings => Known(writings, parsed.GetValue(name)!, user =>
            Link(new UserList(writings).Reset(user.Id, Environment.UserName), parsed.GetValue(url)!, parsed.GetValue(json)))));
        return command;
    }

    static Command End(IClock clock, TimeProvider time)
    {
        var (name, data) = (Name(), Arguments.Data());
        var command = new Command("end", "Ends an account; its sessions end at once.") { name, data };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, time, writings => Known(writings, parsed.GetValue(name)!, user =>
            Said(new UserList(writings).End(user.Id, Environment.UserName)))));
        return command;
    }

    static Command List(IClock clock, TimeProvider time)
    {
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command("list", "Everybody who has an account.") { data, json };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, time, writings =>
        {
            var table = new Table().AddColumns("name", "role", "areas", "decides as", "second factor", "made", "by");
            foreach (var user in new UserList(writings).All())
                if (parsed.GetValue(json))
                    System.Console.Out.WriteLine(JsonSerializer.Serialize(
                        new { user.Name, Role = user.Role.ToString().ToLowerInvariant(), user.Areas, user.DecidesAs, user.HasSecondFactor, MadeAt = user.MadeAt.ToString(), user.MadeBy }, Wire));
                else
                    table.AddRow(
                        Markup.Escape(user.Name), user.Role.ToString().ToLowerInvariant(), user.AreaCodes.Length == 0 ? "everywhere" : user.AreaCodes, Markup.Escape(user.DecidesAs),
                        user.HasSecondFactor ? "yes" : "no", user.MadeAt.ToString(), Markup.Escape(user.MadeBy));
            if (!parsed.GetValue(json))
                AnsiConsole.Write(table);
            return ExitCode.Done;
        }));
        return command;
    }

    static Command Token(IClock clock, TimeProvider time)
    {
        var name = new Argument<string>("name") { Description = "the program's name, under which what it does is written down" };
        var role = Role(CanhLu.Console.Accounts.Role.Viewer, "viewer or technician: a program does not decide");
        var days = new Option<int?>("--days") { Description = "in force for so many days; left out, until it is ended" };
        var (areas, data, json) = (Areas(), Arguments.Data(), Arguments.Json());
        var command = new Command("token", "Makes a token for a program and shows it, this once. The program sends it: Authorization: Bearer …") { name, role, areas, days, data, json };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, time, writings =>
        {
            var (answer, token) = new ApiTokens(writings).Make(
                parsed.GetValue(name)!, parsed.GetValue(role), Codes(parsed.GetValue(areas)),
                parsed.GetValue(days) is { } count ? Duration.FromDays(count) : null, Environment.UserName);
            if (token is null)
                return Said(answer);
            System.Console.Out.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Name = parsed.GetValue(name), Token = token }, Wire) : token);
            return ExitCode.Done;
        }));
        return command;
    }

    static int Link((Answer Answer, string? Token) made, string url, bool json)
    {
        if (made.Token is null)
            return Said(made.Answer);
        var link = FirstAccount.Address(url, made.Token);
        System.Console.Out.WriteLine(json ? JsonSerializer.Serialize(new { Link = link, made.Token }, Wire) : link);
        return ExitCode.Done;
    }

    static int Known(Writings writings, string name, Func<User, int> work)
    {
        if (new UserList(writings).All().FirstOrDefault(user => string.Equals(user.Name, name, StringComparison.InvariantCultureIgnoreCase)) is { } user)
            return work(user);
        System.Console.Error.WriteLine($"There is no account '{name}'. See: canhlu user list");
        return ExitCode.No;
    }

    static int Said(Answer answer)
    {
        if (answer is Answer.Done)
            return ExitCode.Done;
        System.Console.Error.WriteLine(answer is Answer.Refused refused ? refused.Why : "There is none such.");
        return ExitCode.No;
    }

    static Argument<string> Name() => new("name") { Description = "the account's name" };

    static Option<Role> Role(Role role, string description) => new("--role") { Description = description, DefaultValueFactory = _ => role };

    static Option<string?> Areas() => new("--areas") { Description = "ward codes with commas; left out, everywhere" };

    static Option<string> Url() => new("--url") { Description = "where people reach the page", DefaultValueFactory = _ => EngineOptions.DefaultUrls };

    static ImmutableArray<string> Codes(string? areas) => [.. (areas ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static int With(string folder, IClock clock, TimeProvider time, Func<Writings, int> work) => Trouble.Catch(() =>
    {
        DataFolder.Make(folder);
        using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
        return work(new Writings(operations, clock, time));
    });
}
