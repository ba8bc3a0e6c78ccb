using Dapper;
using NodaTime;

namespace CanhLu.Database;

/// <summary>What the front door keeps over a restart: persistent sessions of devices, and the commands that wait for them.</summary>
/// <param name="operations">The store.</param>
public sealed class DoorRows(Operations operations)
{
    static readonly string SelectSessions = Sql.Of(typeof(DoorRows).Assembly, "door-sessions");
    static readonly string SelectCommands = Sql.Of(typeof(DoorRows).Assembly, "door-commands");
    static readonly string KeepSession = Sql.Of(typeof(DoorRows).Assembly, "door-session-keep");
    static readonly string ForgetSession = Sql.Of(typeof(DoorRows).Assembly, "door-session-forget");
    static readonly string KeepCommand = Sql.Of(typeof(DoorRows).Assembly, "door-command-keep");
    static readonly string MarkSent = Sql.Of(typeof(DoorRows).Assembly, "door-command-sent");
    static readonly string SettleOrder = Sql.Of(typeof(DoorRows).Assembly, "device-order-settle");
    static readonly string ForgetCommand = Sql.Of(typeof(DoorRows).Assembly, "door-command-arrived");

    /// <summary>All sessions.</summary>
    public IReadOnlyList<DoorSessionRow> Sessions() => operations.Read(connection => connection.Query<DoorSessionRow>(SelectSessions).AsList());

    /// <summary>All commands, in the order in which they were given.</summary>
    public IReadOnlyList<DoorCommandRow> Commands() => operations.Read(connection => connection.Query<DoorCommandRow>(SelectCommands).AsList());

    /// <summary>Adds or changes a session.</summary>
    public void Keep(string account, string clientId, long expiry, int? commandQos) =>
        operations.Write(connection => connection.Execute(KeepSession, new { account, clientId, expiry, commandQos }));

    /// <summary>Deletes a session and its commands.</summary>
    public void Forget(string account, string clientId) =>
        operations.Write(connection => connection.Execute(ForgetSession, new { account, clientId }));

    /// <summary>Adds a command to a session and returns its number.</summary>
    public long Keep(string account, string clientId, byte[] payload, Instant at, long? order) =>
        operations.Write(connection => connection.ExecuteScalar<long>(KeepCommand, new { account, clientId, payload, at, order }));

    /// <summary>Says under which identifier a command was sent.</summary>
    public void Sent(long number, int packetId) => operations.Write(connection => connection.Execute(MarkSent, new { number, packetId }));

    /// <summary>Says what came of the order that a command carried; the first that is said stays.</summary>
    public void Settled(long order, string state, Instant at) => operations.Write(connection => connection.Execute(SettleOrder, new { order, state, at }));

    /// <summary>Deletes a command that has arrived.</summary>
    public void Arrived(long number) => operations.Write(connection => connection.Execute(ForgetCommand, new { number }));
}
