using System.CommandLine;
using CanhLu.Host.Drill;
using CanhLu.Host.SiteFiles;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu drill</c>: an exercise of the duty team through the real carriers, with a roster and a store of its own.</summary>
static class DrillCommand
{
    const double DefaultSpeed = 60;
    const string DefaultUrls = "http://127.0.0.1:8081";
    const int DefaultDoorPort = 1884;

    public static Command Create(TimeProvider time)
    {
        var site = Arguments.Site();
        var roster = new Option<FileInfo>("--roster")
        {
            Description = "who takes part, CSV: name,phone,ward_code,language,lowest_level,drill with yes on every line under drill",
            Required = true,
        }.AcceptExistingOnly();
        var data = new Option<string>("--data") { Description = "the drill's own folder, empty or not there: one drill, one folder", Required = true };
        var speed = Arguments.Speed("how many seconds of the flood pass in one second: 60 is over in 72 minutes", DefaultSpeed);
        var urls = new Option<string>("--urls") { Description = "where the drill's page listens", DefaultValueFactory = _ => DefaultUrls };
        var mqtt = Arguments.EndPoint("--mqtt", "where the drill's pretend gauges connect", DefaultDoorPort);
        var json = Arguments.Json();
        var command = new Command("drill", "Holds an exercise: the flood of October 2025 through the carriers that are configured, to the people of a drill's roster only. Scores the duty team.")
        {
            site, roster, data, speed, urls, mqtt, json,
        };
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            var folder = parsed.GetValue(site)!;
            if (SiteReader.Read(folder) is not SiteVerdict.Right { Site: var right })
            {
                await System.Console.Error.WriteLineAsync($"The site in {folder} is wrong or missing. See: canhlu check --site {folder}");
                return ExitCode.No;
            }
            if (FirmwareSim.October.OctoberFlood.Devices.FirstOrDefault(device => !right.Devices.ContainsKey(device)) is { } missing)
            {
                await System.Console.Error.WriteLineAsync($"The flood of October 2025 is played by the devices of sites/tam-ky, and this site has no {missing}.");
                return ExitCode.No;
            }
            var options = new DrillOptions(
                parsed.GetValue(data)!, parsed.GetValue(roster)!, parsed.GetValue(speed), parsed.GetValue(urls)!, parsed.GetValue(mqtt)!, parsed.GetValue(json));
            return await new FloodDrill(right, options, time).RunAsync(token);
        }));
        return command;
    }
}
