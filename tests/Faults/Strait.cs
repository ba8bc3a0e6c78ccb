using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>A line to a server that can be cut: a network namespace of its own with a relay in it, and a pair of virtual cables to there.</summary>
/// <remarks>Cut, both ends send to a hardware address that nobody has: packets vanish, no reset and no error comes, as behind a dead switch. Where no namespace may be made, a relay on this machine falls silent
/// instead (<see cref="IsReal"/> is false then).</remarks>
sealed class Strait : IAsyncDisposable
{
    const string Nobody = "02:00:00:00:de:ad";

    static int _made;

    readonly string _name;
    readonly string _near;
    readonly string _far;
    readonly Relay _relay;
    readonly IPAddress _here;
    readonly IPAddress _there;

    Strait(bool isReal, string name, string near, string far, IPAddress here, IPAddress there, Relay relay)
    {
        IsReal = isReal;
        (_name, _near, _far) = (name, near, far);
        (_here, _there, _relay) = (here, there, relay);
    }

    /// <summary>Whether a network is cut, or only a relay plays dead.</summary>
    public bool IsReal { get; }

    /// <summary>Where the server is reached over this line.</summary>
    public IPEndPoint Address => _relay.Address;

    public Uri Url(string scheme) => new($"{scheme}://{Address}");

    /// <summary>Lays a line to a server of this machine.</summary>
    public static Strait To(IPEndPoint server)
    {
        var number = Interlocked.Increment(ref _made);
        var id = $"{Environment.ProcessId % 100_000}{(char)('a' + number % 26)}";
        var (name, near, far) = ($"canhlu{id}", $"cln{id}", $"clf{id}");
        // A block for tests of networks (RFC 2544): on no machine's way.
        var third = Environment.ProcessId % 250;
        var (here, there) = (IPAddress.Parse($"198.18.{third}.{4 * (number % 60) + 1}"), IPAddress.Parse($"198.18.{third}.{4 * (number % 60) + 2}"));
        if (!Environment.IsPrivilegedProcess || !Try("netns", "add", name))
            return new Strait(false, "", "", "", here, there, Relay.To(server));
        if (!Try("link", "add", near, "type", "veth", "peer", "name", far, "netns", name))
        {
            Try("netns", "del", name);
            return new Strait(false, "", "", "", here, there, Relay.To(server));
        }
        Do("addr", "add", $"{here}/30", "dev", near);
        Do("link", "set", near, "up");
        Do("-n", name, "addr", "add", $"{there}/30", "dev", far);
        Do("-n", name, "link", "set", far, "up");
        return new Strait(true, name, near, far, here, there, new Relay(Listen(name, there), server));
    }

    public void Cut()
    {
        if (!IsReal)
        {
            _relay.Black();
            return;
        }
        Do("neigh", "replace", $"{_there}", "lladdr", Nobody, "dev", _near, "nud", "permanent");
        Do("-n", _name, "neigh", "replace", $"{_here}", "lladdr", Nobody, "dev", _far, "nud", "permanent");
    }

    public void Heal()
    {
        if (!IsReal)
        {
            _relay.Pass();
            return;
        }
        Do("neigh", "del", $"{_there}", "dev", _near);
        Do("-n", _name, "neigh", "del", $"{_here}", "dev", _far);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        if (IsReal)
            Do("netns", "del", _name);
    }

    /// <summary>A socket belongs to the namespace of the thread that makes it, for ever.</summary>
    static Socket Listen(string name, IPAddress address)
    {
        Socket? listener = null;
        Exception? failed = null;
        var maker = new Thread(() =>
        {
            try
            {
                using var space = File.OpenHandle($"/run/netns/{name}");
                if (SetNamespace((int)space.DangerousGetHandle(), NewNetwork) != 0)
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                listener.Bind(new IPEndPoint(address, 0));
                listener.Listen(512);
            }
            catch (Exception exception)
            {
                failed = exception;
            }
        });
        maker.Start();
        maker.Join();
        return failed is null ? listener! : throw new InvalidOperationException(failed.Message, failed);
    }

    static void Do(params string[] arguments) => Assert.True(Try(arguments), $"ip {string.Join(' ', arguments)}");

    static bool Try(params string[] arguments)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            ip.StandardError.ReadToEnd();
            ip.WaitForExit();
            return ip.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program here.
            return false;
        }
    }

    const int NewNetwork = 0x40000000;

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    static extern int SetNamespace(int handle, int kind);
}
