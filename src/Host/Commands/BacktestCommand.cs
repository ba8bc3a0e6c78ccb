using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using CanhLu.Archive.Influx;
using CanhLu.Host.Backtesting;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu backtest</c>: the live rules over a past series, scored.</summary>
static partial class BacktestCommand
{
    public static Command Create(TimeProvider time)
    {
        var readings = new Option<string?>("--readings") { Description = "CSV (measured_at,station,series,value) or USGS file (RDB), in the order of time", HelpName = "FILE" };
        var data = new Option<string?>("--data") { Description = "instead of a file: the archive of an engine that is not running", HelpName = "DIR" };
        var influx = new Option<Uri?>("--influx")
        {
            Description = "instead of a file: the copy in InfluxDB, http://127.0.0.1:8086; how to get in is in the section Influx of the configuration",
            HelpName = "URL",
            CustomParser = Address,
        };
        var database = new Option<string?>("--database") { Description = "its database. Default: Influx:Database, canhlu", HelpName = "NAME" };
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
        var station = new Option<string?>("--station") { Description = "the station as which a USGS file is judged; of a copy in InfluxDB the only one that is judged", HelpName = "ID" };
        var people = new Option<int?>("--people") { Description = "how many residents there are", HelpName = "N" };
        var prices = Pairs<decimal>("--price", "what a message costs, in đồng: esms=850 (an SMS counts by segments); may be repeated", 0, 1_000_000);
        var reach = Pairs<double>("--reach", "the share of residents whom a carrier reaches: zalo=0.7; the next carrier tells the others; may be repeated", 0, 1);
        var report = new Option<string?>("--report") { Description = "write a report: one HTML file that needs nothing else", HelpName = "FILE.html" };
        var json = Arguments.Json();
        var command = new Command("backtest", "Runs the rules of a site over past readings and says what they would have done.")
        {
            readings, data, influx, database, site, against, truth, tolerance, rules, station, people, prices, reach, report, json,
        };
        command.Validators.Add(result =>
        {
            // Whether it is given, not what it says: what cannot be read has its own error.
            Option[] pasts = [readings, data, influx];
            if (pasts.Count(past => result.GetResult(past) is { Implicit: false }) != 1)
                result.AddError("Give the past: either --readings FILE, --data DIR or --influx URL.");
            if (result.GetResult(database) is { Implicit: false } && result.GetResult(influx) is null or { Implicit: true })
                result.AddError("--database is about --influx.");
        });
        people.Validators.Add(result =>
        {
            if (result.GetValue(people) is <= 0)
                result.AddError("--people is at least 1.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(() => new Backtesting.Backtest(
            new BacktestOptions(
                parsed.GetValue(readings), parsed.GetValue(data), Copy(parsed.GetValue(influx), parsed.GetValue(database)), parsed.GetValue(site)!, parsed.GetValue(against), parsed.GetValue(truth), parsed.GetValue(tolerance) ?? Duration.FromHours(1),
                parsed.GetValue(rules) ?? [], parsed.GetValue(station), parsed.GetValue(people), parsed.GetValue(prices)!, parsed.GetValue(reach)!,
                parsed.GetValue(report), parsed.GetValue(json)),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, time).RunAsync(token)));
        return command;
    }

    /// <summary>How to get in is a matter of the configuration, as for the follower: no secret stands on a command line.</summary>
    static InfluxOptions? Copy(Uri? url, string? database)
    {
        if (url is null)
            return null;
        var options = ProgramSettings.Read().GetSection(InfluxOptions.Section).Get<InfluxOptions>() ?? new InfluxOptions();
        options.Url = url;
        options.Database = database ?? options.Database;
        return options;
    }

    static Uri? Address(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo.Length: 0 })
            return url;
        result.AddError($"'{result.Tokens[0].Value}' is no address of an InfluxDB: write http://127.0.0.1:8086; the user goes into Influx:User.");
        return null;
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
