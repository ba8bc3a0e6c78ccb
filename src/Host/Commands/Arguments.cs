using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using CanhLu.Host.SiteFiles;

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
