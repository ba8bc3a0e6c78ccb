using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using CanhLu.Host.SiteFiles;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Commands;

/// <summary>Options that several commands share, so that they are called and understood the same everywhere.</summary>
static class Arguments
{
    public static Option<string> Site() =>
        new("--site") { Description = "the folder of the site's files", DefaultValueFactory = _ => SiteFolder.Default() };

    public static Option<string> Data() =>
        new("--data") { Description = "the folder of the engine's two files; made when it is not there", DefaultValueFactory = _ => "data" };

    public static Option<bool> Json() => new("--json") { Description = "one JSON object a line instead of a table" };

    /// <summary>PORT or ADDRESS:PORT; a port alone listens on loopback only.</summary>
    public static Option<IPEndPoint?> EndPoint(string name, string description, int? port = null) => new(name)
    {
        Description = description + ": PORT (this machine only) or ADDRESS:PORT (0.0.0.0:1883 for every network)",
        CustomParser = Parse,
        DefaultValueFactory = _ => port is { } given ? new IPEndPoint(IPAddress.Loopback, given) : null,
    };

    /// <summary>Where the page of the engine is that works in the folder.</summary>
    public static Option<string> Url() =>
        new("--url") { Description = "where the page of the engine is that works in the folder", DefaultValueFactory = _ => EngineOptions.DefaultUrls };

    /// <summary>How many seconds of a flood pass in one second, from 1 to 100,000.</summary>
    /// <param name="description">What it is about, with an example of how long that takes.</param>
    /// <param name="usual">When nothing is said.</param>
    public static Option<double> Speed(string description, double usual)
    {
        var speed = new Option<double>("--speed") { Description = description, DefaultValueFactory = _ => usual };
        speed.Validators.Add(result =>
        {
            if (result.GetValue(speed) is not (>= 1 and <= 100_000))
                result.AddError("--speed goes from 1 to 100000.");
        });
        return speed;
    }

    /// <summary>A time with its offset.</summary>
    public static Option<Instant?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (OffsetDateTimePattern.Rfc3339.Parse(result.Tokens[0].Value) is { Success: true, Value: var moment })
                return moment.ToInstant();
            result.AddError($"'{result.Tokens[0].Value}' is no time: write it like 2025-10-28T12:00:00+07:00.");
            return null;
        },
    };

    static IPEndPoint? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return new IPEndPoint(IPAddress.Loopback, port);
        if (IPEndPoint.TryParse(text, out var endPoint))
            return endPoint;
        result.AddError($"'{text}' is no address to listen on: write 1883, 0.0.0.0:1883 or [::]:1883.");
        return null;
    }
}
