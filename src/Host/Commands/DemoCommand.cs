using System.CommandLine;
using CanhLu.FirmwareSim.October;
using CanhLu.Host.Demo;
using CanhLu.Host.SiteFiles;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu demo</c>: the whole way, with pretend gauges and pretend carriers.</summary>
static class DemoCommand
{
    /// <summary>Three days in 90 seconds.</summary>
    const double DefaultSpeed = 2880;

    public static Command Create(TimeProvider time)
    {
        var speed = Arguments.Speed("how many seconds of the flood pass in one second: 2880 is over in 90 s, 600 in 7 minutes", DefaultSpeed);
        var until = Arguments.Moment("--until", "play fast until this time of the flood, and at the pace of real time from there: 2025-10-29T23:40:00+07:00");
        var headless = new Option<bool>("--headless") { Description = "on free ports, ends by itself, and closes with one line of JSON" };
        var urls = new Option<string>("--urls") { Description = "where the page listens", DefaultValueFactory = _ => EngineOptions.DefaultUrls };
        var handsets = new Option<string>("--handsets") { Description = "where the pretend carriers and their handsets are", DefaultValueFactory = _ => "http://127.0.0.1:8090" };
        var mqtt = Arguments.EndPoint("--mqtt", "where the pretend gauges connect", EngineOptions.DefaultDoorPort);
        var command = new Command("demo", "Plays the flood of 28-31 October 2025 at Tam Kỳ from pretend gauges to pretend handsets. Needs no network and no server.")
        {
            speed, until, headless, urls, handsets, mqtt,
        };
        until.Validators.Add(result =>
        {
            if (result.GetValue(until) is { } at && (at < OctoberFlood.Begins || at > OctoberFlood.Ends))
                result.AddError($"--until lies within the flood: from {Written(OctoberFlood.Begins)} to {Written(OctoberFlood.Ends)}.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            var folder = SiteFolder.Default();
            if (SiteReader.Read(folder) is not SiteVerdict.Right { Site: var site })
            {
                await System.Console.Error.WriteLineAsync($"The site in {folder} is wrong or missing. See: canhlu check --site {folder}");
                return ExitCode.No;
            }
            var quiet = parsed.GetValue(headless);
            var free = quiet ? FreePorts.Take(3) : [];
            var options = quiet
                ? new DemoOptions(parsed.GetValue(speed), parsed.GetValue(until), $"http://127.0.0.1:{free[0]}", $"http://127.0.0.1:{free[1]}", new(System.Net.IPAddress.Loopback, free[2]), true)
                : new DemoOptions(parsed.GetValue(speed), parsed.GetValue(until), parsed.GetValue(urls)!, parsed.GetValue(handsets)!, parsed.GetValue(mqtt)!, false);
            return await new OctoberDemo(site, options, time).RunAsync(token);
        }));
        return command;

        static string Written(Instant at) => OffsetDateTimePattern.Rfc3339.Format(at.WithOffset(Offset.FromHours(7)));
    }
}
