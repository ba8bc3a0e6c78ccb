using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>A real Kannel, bearerbox and smsbox, on free ports of this machine, with a folder of its own.</summary>
sealed class Kannel : IAsyncDisposable
{
    public const string User = "canhlu";
    public const string Password = "kannel-pass";

    const string Bearerbox = "/usr/sbin/bearerbox";
    const string Smsbox = "/usr/sbin/smsbox";

    readonly string _folder;
    readonly int _sendSms;
    readonly List<Process> _processes = [];
    readonly ConcurrentQueue<string> _said = new();

    Kannel(string folder, int sendSms) => (_folder, _sendSms) = (folder, sendSms);

    /// <summary>Where messages go.</summary>
    public string Url => $"http://127.0.0.1:{_sendSms}/cgi-bin/sendsms";

    /// <summary>Starts one.</summary>
    /// <param name="smsc">The lines of its group <c>smsc</c>.</param>
    /// <param name="queue">How many messages it keeps for the telephone company.</param>
    public static async Task<Kannel> Start(string smsc, int queue = 100_000)
    {
        Require(Bearerbox);
        var folder = Directory.CreateTempSubdirectory("canhlu-kannel-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "spool"));
        var (admin, boxes, sendSms) = (FreePort(), FreePort(), FreePort());
        var kannel = new Kannel(folder, sendSms);
        var conf = Path.Combine(folder, "kannel.conf");
        await File.WriteAllTextAsync(conf, $"""
            group = core
            admin-port = {admin}
            admin-interface = "127.0.0.1"
            admin-password = admin-pass
            smsbox-port = {boxes}
            smsbox-interface = "127.0.0.1"
            box-allow-ip = "127.0.0.1"
            log-file = "{folder}/bearerbox.log"
            log-level = 1
            store-type = spool
            store-location = "{folder}/spool"
            dlr-storage = internal
            sms-resend-freq = 1
            sms-outgoing-queue-limit = {queue}

            group = smsc
            smsc-id = telco
            {smsc.ReplaceLineEndings("\n")}

            group = smsbox
            bearerbox-host = "127.0.0.1"
            sendsms-port = {sendSms}
            sendsms-interface = "127.0.0.1"
            log-file = "{folder}/smsbox.log"
            log-level = 1
            http-request-retry = 30
            http-queue-delay = 1

            group = sendsms-user
            username = {User}
            password = {Password}
            concatenation = true
            max-messages = 8

            """);
        await kannel.Run(Bearerbox, conf, boxes);
        await kannel.Run(Smsbox, conf, sendSms);
        return kannel;
    }

    /// <summary>Fails in CI, and skips elsewhere, when a program is missing.</summary>
    public static void Require(string program)
    {
        if (File.Exists(program))
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{program} is not installed.");
        Assert.Skip($"{program} is not installed.");
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    async Task Run(string program, string conf, int port)
    {
        var process = Process.Start(new ProcessStartInfo(program, ["-v", "4", conf]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        await Eventually.True(
            () => !process.HasExited ? CanConnect(port) : throw new InvalidOperationException(string.Join('\n', _said)),
            string.Create(CultureInfo.InvariantCulture, $"{program} listens on {port}"));
    }

    static bool CanConnect(int port)
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
