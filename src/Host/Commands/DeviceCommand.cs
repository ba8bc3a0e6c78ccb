using System.CommandLine;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Ingest;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu device</c>: who may come through the front door. A running engine takes a change over within seconds.</summary>
static class DeviceCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(IClock clock) => new("device", "Accounts of the front door: devices, and technicians who watch live.")
    {
        Add(clock), Revoke(clock), List(clock),
    };

    static Command Add(IClock clock)
    {
        var name = new Argument<string>("id") { Description = "the device's id, as in canhlu/v1/{id}/up; or a technician's name" };
        var technician = new Option<bool>("--technician") { Description = "an account that may watch everything live, and publish nothing" };
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command("add", "Makes an account and shows its password, this once: only a hash is kept.") { name, technician, data, json };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, accounts =>
        {
            var id = parsed.GetValue(name)!;
            var secret = parsed.GetValue(technician)
                ? accounts.AddTechnician(id, null, Environment.UserName)
                : accounts.AddDevice(id, Environment.UserName);
            System.Console.Out.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Id = id, Password = secret }, Wire) : $"user {id}\npassword {secret}");
            return ExitCode.Done;
        }));
        return command;
    }

    static Command Revoke(IClock clock)
    {
        var name = new Argument<string>("id") { Description = "the account" };
        var data = Arguments.Data();
        var command = new Command("revoke", "Ends an account; its connections are closed.") { name, data };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, accounts =>
        {
            if (accounts.Revoke(parsed.GetValue(name)!, Environment.UserName))
                return ExitCode.Done;
            System.Console.Error.WriteLine($"There is no account '{parsed.GetValue(name)}' in force. See: canhlu device list");
            return ExitCode.No;
        }));
        return command;
    }

    static Command List(IClock clock)
    {
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command("list", "All accounts, revoked ones too.") { data, json };
        command.SetAction(parsed => With(parsed.GetValue(data)!, clock, accounts =>
        {
            var table = new Table().AddColumns("id", "role", "made", "by", "revoked");
            foreach (var account in accounts.List())
            {
                if (parsed.GetValue(json))
                    System.Console.Out.WriteLine(JsonSerializer.Serialize(
                        new
                        {
                            Id = account.Name,
                            Role = account.Role.ToString(),
                            CreatedAt = account.CreatedAt.ToString(),
                            account.CreatedBy,
                            RevokedAt = account.RevokedAt?.ToString(),
                        },
                        Wire));
                else
                    table.AddRow(
                        Markup.Escape(account.Name), account.Role.ToString(), account.CreatedAt.ToString(), Markup.Escape(account.CreatedBy),
                        account.RevokedAt?.ToString() ?? "");
            }
            if (!parsed.GetValue(json))
                AnsiConsole.Write(table);
            return ExitCode.Done;
        }));
        return command;
    }

    static int With(string folder, IClock clock, Func<Accounts, int> work) => Trouble.Catch(() =>
    {
        DataFolder.Make(folder);
        using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
        try
        {
            return work(new Accounts(new DoorMemory(operations), clock));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // Both are what Accounts says of a name that cannot be used.
            System.Console.Error.WriteLine(exception.Message);
            return ExitCode.No;
        }
    });
}
