using System.CommandLine;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Notify;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu roster</c>: what a person wants of us. A running engine takes it over at once.</summary>
static class RosterCommand
{
    public static Command Create(IClock clock) => new("roster", "People's wishes: not to be told, to be told again, to be erased.")
    {
        Wish("opt-out", "They do not want to be told any more, but of level III unless Notify:LevelIIIDespiteOptOut is false. What was not sent is withdrawn.",
            (operations, phone, why) => Optional(operations, clock).OptOut(phone, Environment.UserName, why ?? "by command")),
        Wish("opt-in", "They want to be told again.",
            (operations, phone, why) => Optional(operations, clock).OptIn(phone, Environment.UserName, why ?? "by command")),
        Wish("erase", "Erases all that is personal of them. What was sent stays, countable, with a number of ours in place of theirs.",
            (operations, phone, why) => new Erasure(operations, clock).Erase(phone, Environment.UserName, why) is null ? WishOutcome.Unknown : WishOutcome.Done),
    };

    static Command Wish(string name, string description, Func<Operations, PhoneNumber, string?, WishOutcome> take)
    {
        var number = new Argument<string>("phone") { Description = "whose number it is, +84… or 0…" };
        var reason = new Option<string?>("--reason") { Description = "how they said it, for the audit", HelpName = "TEXT" };
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command(name, description) { number, reason, data, json };
        command.SetAction(parsed => Trouble.Catch(() =>
        {
            var store = Path.Combine(parsed.GetValue(data)!, "operations.db");
            if (!File.Exists(store))
                return No($"There is no operations store {Path.GetFullPath(store)}: give the engine's folder with --data.");
            if (!PhoneNumber.TryRead(parsed.GetValue(number)!, out var phone, out var why))
                return No($"'{parsed.GetValue(number)}' {why}.");
            using var operations = Operations.Open(store);
            var outcome = take(operations, phone, parsed.GetValue(reason));
            if (outcome == WishOutcome.Unknown)
                return No("Nobody in the roster has this number.");
            System.Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { phone = phone.Masked, wish = name, outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()) })
                : outcome == WishOutcome.AlreadySo ? $"{phone.Masked}: it was so already." : $"{phone.Masked}: {name} done.");
            return ExitCode.Done;
        }));
        return command;
    }

    static int No(string sentence)
    {
        System.Console.Error.WriteLine(sentence);
        return ExitCode.No;
    }

    /// <summary>With the setting that the engine has.</summary>
    static OptOuts Optional(Operations operations, IClock clock)
    {
        var options = new NotifyOptions();
        new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("CANHLU_").Build()
            .GetSection(NotifyOptions.Section).Bind(options);
        return new OptOuts(operations, Options.Create(options), clock);
    }
}
