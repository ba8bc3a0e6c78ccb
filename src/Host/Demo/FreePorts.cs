using System.Net;
using System.Net.Sockets;

namespace CanhLu.Host.Demo;

/// <summary>Ports that nobody listens on, for a demo that nobody visits.</summary>
static class FreePorts
{
    /// <summary>Different free ports of the loopback address. Another program may take one in the meantime; then the start says so.</summary>
    public static int[] Take(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            foreach (var socket in sockets)
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }
}
