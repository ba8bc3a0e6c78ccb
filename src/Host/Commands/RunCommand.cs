using System.CommandLine;
using CanhLu.Host.SiteFiles;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu run</c>: the engine.</summary>
static class RunCommand
{
    public static Command Create(IClock clock, TimeProvider time)
    {
        var site = Arguments.Site();
        var data = Arguments.Data();
        var urls = new Option<string>("--urls")
        {
            Description = "where the page and the API listen, separated by semicolons",
            DefaultValueFactory = _ => EngineOptions.DefaultUrls,
        };
        var mqtt = Arguments.EndPoint("--mqtt", "where devices connect, unless the site names a broker", EngineOptions.DefaultDoorPort);
        var mqtts = Arguments.EndPoint("--mqtts", "where devices connect with TLS; needs --certificate");
        var certificate = new Option<FileInfo>("--certificate") { Description = "the door's certificate, PEM (with its key, or see --key)" }.AcceptExistingOnly();
        var key = new Option<FileInfo>("--key") { Description = "the key of --certificate, PEM" }.AcceptExistingOnly();
        var authority = new Option<FileInfo>("--device-ca") { Description = "who vouches for devices that show certificates instead of passwords" }.AcceptExistingOnly();
        var command = new Command("run", "Runs the engine until it is told to stop (Ctrl-C or SIGTERM).")
        {
            site, data, urls, mqtt, mqtts, certificate, key, authority,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mqtts) is not null && result.GetValue(certificate) is null)
                result.AddError("--mqtts needs --certificate FILE: the door cannot speak TLS without one.");
        });
        command.SetAction((parsed, token) =>
        {
            var options = new EngineOptions(parsed.GetValue(data)!, parsed.GetValue(urls)!, parsed.GetValue(mqtt)!)
            {
                DoorTls = parsed.GetValue(mqtts),
                CertificateFile = parsed.GetValue(certificate)?.FullName,
                KeyFile = parsed.GetValue(key)?.FullName,
                DeviceAuthorityFile = parsed.GetValue(authority)?.FullName,
            };
            return RunAsync(parsed.GetValue(site)!, options, clock, time, token);
        });
        return command;
    }

    static async Task<int> RunAsync(string folder, EngineOptions options, IClock clock, TimeProvider time, CancellationToken token)
    {
        if (!Directory.Exists(folder))
        {
            await System.Console.Error.WriteLineAsync(
                $"There is no site folder {Path.GetFullPath(folder)}: give one with --site; it holds site.yaml, rules.yaml and bulletins.yaml, as sites/tam-ky does.");
            return ExitCode.No;
        }
        var verdict = SiteReader.Read(folder);
        if (verdict is not SiteVerdict.Right { Site: var site })
        {
            SiteReport.WriteText(verdict, folder, SiteReport.Terminal(System.Console.Error));
            return ExitCode.No;
        }
        options = options with { SiteFolder = folder };
        return await Trouble.Catch(async () =>
        {
            using var data = DataFolder.Take(options.DataFolder);
            await using var engine = Engine.Build(site, options, clock, time);
            await engine.StartAsync(token);
            await System.Console.Out.WriteLineAsync(
                $"Canh Lũ watches {site.Stations.Length} stations of {site.Name}. Page: {options.Urls}. " +
                (site.Broker is { } broker ? $"Broker: {broker.Url}." : $"Devices: mqtt://{options.Door}."));
            FirstAccount.Say(engine, options.Urls);
            if (!engine.Configuration.GetSection("Carriers").GetChildren().Any())
                Log.NobodyCanBeTold(engine.Logger);
            await engine.WaitForShutdownAsync(token);
            return ExitCode.Done;
        });
    }
}
