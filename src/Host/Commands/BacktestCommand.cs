using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using CanhLu.Host.Backtesting;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu backtest</c>: the live rules over a past series, scored.</summary>
static partial class BacktestCommand
{
    public static Command Create()
    {
        var readings = new Option<string?>("--readings") { Description = "CSV (measured_at,station,series,value) or USGS file (RDB), in the order of time", HelpName = "FILE" };
        var data = new Option<string?>("--data") { Description = "instead of a file: the archive of an engine that is not running", HelpName = "DIR" };
        var site = Arguments.Site();
        var against = new Option<string?>("--against") { Description = "another site's folder, the rules in force: says what would change", HelpName = "DIR" };
        var truth = new Option<string?>("--truth") { Description = "CSV (station,level,begins_at,ends_at): what really was; the rules are scored by it", HelpName = "FILE" };
        var tolerance = new Option<Duration?>("--tolerance")
        {
            Description = "how far an event and its warning may lie apart: 0s, 30m, 1h30m, 2d. Default: 1h",
            HelpName = "LENGTH",
            CustomParser = Tolerance,
        };
        var rules = new Option<string[]>("--rule") { Description = "count these rules' warnings only; may be repeated. Default: those that tell residents" };
        var station = new Option<string?>("--station") { Description = "the station as which a USGS file is judged", HelpName = "ID" };
        var people = new Option<int?>("--people") { Description = "how many residents there are", HelpName = "N" };
        var prices = Pairs<decimal>("--price", "what a message costs, in đồng: esms=850 (an SMS counts by segments); may be repeated", 0, 1_000_000);
        var reach = Pairs<double>("--reach", "the share of residents whom a carrier reaches: zalo=0.7; the next carrier tells the others; may be repeated", 0, 1);
        var report = new Option<string?>("--report") { Description = "write a report: one HTML file that needs nothing else", HelpName = "FILE.html" };
        var json = Arguments.Json();
        var command = new Command("backtest", "Runs the rules of a site over past readings and says what they would have done.")
        {
            readings, data, site, against, truth, tolerance, rules, station, people, prices, reach, report, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(readings) is null) == (result.GetValue(data) is null))
                result.AddError("Give the past: either --readings FILE or --data DIR.");
        });
        people.Validators.Add(result =>
        {
            if (result.GetValue(people) is <= 0)
                result.AddError("--people is at least 1.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(() => new Backtesting.Backtest(
            new BacktestOptions(
                parsed.GetValue(readings), parsed.GetValue(data), parsed.GetValue(site)!, parsed.GetValue(against), parsed.GetValue(truth), parsed.GetValue(tolerance) ?? Duration.FromHours(1),
                parsed.GetValue(rules) ?? [], parsed.GetValue(station), parsed.GetValue(people), parsed.GetValue(prices)!, parsed.GetValue(reach)!,
                parsed.GetValue(report), parsed.GetValue(json)),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error).RunAsync(token)));
        return command;
    }

    static Duration? Tolerance(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var match = LengthForm().Match(text);
        if (!match.Success || match.Length == 0)
        {
            result.AddError($"'{text}' is no length of time: write 0s, 30m, 1h30m or 2d.");
            return null;
        }
        return Part("d", 86_400) + Part("h", 3_600) + Part("m", 60) + Part("s", 1);

        Duration Part(string unit, long seconds) => match.Groups[unit] is { Success: true, Value: var digits }
            ? Duration.FromSeconds(seconds * int.Parse(digits, CultureInfo.InvariantCulture)) : Duration.Zero;
    }

    static Option<IReadOnlyDictionary<string, T>> Pairs<T>(string name, string description, T least, T most)
        where T : struct, IParsable<T>, IComparable<T> => new(name)
        {
            Description = description,
            HelpName = "CARRIER=NUMBER",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => new Dictionary<string, T>(),
            CustomParser = result =>
            {
                var pairs = new Dictionary<string, T>();
                foreach (var token in result.Tokens)
                    if (token.Value.Split('=') is [{ Length: > 0 } carrier, var number] && T.TryParse(number, CultureInfo.InvariantCulture, out var value)
                        && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0)
                        pairs[carrier] = value;
                    else
                        result.AddError($"'{token.Value}' is not like esms={most} (a carrier, =, and a number from {least} to {most}).");
                return pairs;
            },
        };

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,3})d)?(?:(?<h>[0-9]{1,4})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,7})s)?\z")]
    private static partial Regex LengthForm();
}
