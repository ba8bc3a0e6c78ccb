using System.CommandLine;
using System.CommandLine.Parsing;
using CanhLu.Host.Watchdogs;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu watchdog</c>: for a second machine, which calls people by its own carriers when the engine is silent.</summary>
static class WatchdogCommand
{
    static readonly TimeSpan TryFor = TimeSpan.FromMinutes(2);

    public static Command Create(IClock clock, TimeProvider time)
    {
        var url = new Option<string>("--url") { Description = "the engine's page, as this machine reaches it: http://10.0.0.5:8080", Required = true };
        url.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Uri.TryCreate(token.Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")))
                result.AddError($"'{token.Value}' is no address of an engine: write it as http://10.0.0.5:8080.");
        });
        var phones = new Option<PhoneNumber[]>("--phone")
        {
            Description = "whom to call, +84… or 0…; may be repeated",
            Required = true,
            CustomParser = Numbers,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NUMBER",
        };
        var silent = Seconds("--silent-for", "how many seconds the engine may be silent", 90);
        var every = Seconds("--every", "how often to look, in seconds", 10);
        var again = Seconds("--again-after", "after how many seconds people are called again while nothing has changed", 3600);
        var command = new Command("watchdog", "Looks at an engine from another machine, and calls people by SMS when it is silent or keeps nothing. Its carriers are configured as the engine's: eSMS, Kannel.")
        {
            url, phones, silent, every, again,
        };
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            var options = new WatchdogOptions(
                new Uri(parsed.GetValue(url)!.TrimEnd('/') + "/"), parsed.GetValue(phones)!, TimeSpan.FromSeconds(parsed.GetValue(every)), TimeSpan.FromSeconds(parsed.GetValue(silent)),
                TimeSpan.FromSeconds(parsed.GetValue(again)));
            await using var services = Compose(time);
            var caller = new Caller([.. services.GetServices<ICarrier>()], TryFor, time);
            if (!caller.CanCall)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    "No carrier of SMS is configured, so nobody could be called: give CANHLU_Carriers__Kannel__… or CANHLU_Carriers__Esms__… as to the engine.");
                return ExitCode.No;
            }
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) });
            var watchdog = new Watchdog(options, http, caller, clock, time, services.GetRequiredService<ILogger<Watchdog>>());
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Watching {options.Engine} every {options.Every.TotalSeconds:0} s; {options.Phones.Count} people are called when it is silent for {options.SilentFor.TotalSeconds:0} s.");
            await watchdog.Run(token);
            return ExitCode.Done;
        }));
        return command;
    }

    static ServiceProvider Compose(TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("CANHLU_").Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton(time)
            .AddLogging(logging => logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            }).AddFilter("Polly", LogLevel.Error));
        services.AddCarriersWithoutStore(configuration);
        return services.BuildServiceProvider();
    }

    static Option<double> Seconds(string name, string description, double standard)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValue(option) is not (>= 0.1 and <= 86_400))
                result.AddError($"{name} goes from 0.1 to 86400.");
        });
        return option;
    }

    static PhoneNumber[] Numbers(ArgumentResult result)
    {
        var numbers = new List<PhoneNumber>();
        foreach (var token in result.Tokens)
        {
            if (PhoneNumber.TryRead(token.Value, out var number, out var why))
                numbers.Add(number);
            else
                result.AddError($"'{token.Value}' {why}.");
        }
        return [.. numbers];
    }
}
