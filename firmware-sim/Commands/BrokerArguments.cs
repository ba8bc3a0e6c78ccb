using System.CommandLine;
using CanhLu.FirmwareSim.Link;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>The options that say where devices connect and what they show there; the same for every command.</summary>
sealed class BrokerArguments
{
    readonly Option<string> _host = new("--host") { Description = "broker or front door", DefaultValueFactory = _ => "127.0.0.1" };
    readonly Option<int> _port = new("--port") { Description = "its TCP port", DefaultValueFactory = _ => 1883 };
    readonly Option<bool> _tls = new("--tls") { Description = "encrypt" };
    readonly Option<string?> _ca = new("--ca") { Description = "PEM file with the authority to trust" };
    readonly Option<bool> _mqtt311 = new("--mqtt311") { Description = "MQTT 3.1.1 instead of 5.0" };
    readonly Option<string?> _user = new("--user") { Description = "user name for every device; without it, a device's id" };
    readonly Option<string?> _password = new("--password") { Description = "password for every device" };
    readonly Option<string?> _credentials = new("--credentials") { Description = "CSV file: device,password" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _host, _port, _tls, _ca, _mqtt311, _user, _password, _credentials })
        {
            command.Options.Add(option);
        }
    }

    public BrokerAddress Address(ParseResult parsed) => new(
        parsed.GetRequiredValue(_host), parsed.GetValue(_port), parsed.GetValue(_tls), parsed.GetValue(_ca), parsed.GetValue(_mqtt311));

    /// <summary>The credentials file in its order; empty without one.</summary>
    public IReadOnlyList<Credential> File(ParseResult parsed)
    {
        if (parsed.GetValue(_credentials) is not { } path)
        {
            return [];
        }

        using var text = System.IO.File.OpenText(path);
        return CredentialsFile.Read(text);
    }

    public Func<string, Credential?> Credentials(ParseResult parsed)
    {
        var file = File(parsed).ToDictionary(credential => credential.User);
        var user = parsed.GetValue(_user);
        var password = parsed.GetValue(_password);
        return device => file.GetValueOrDefault(device) ?? (password is null ? null : new Credential(user ?? device, password));
    }
}
