using System.Collections.Immutable;
using System.Globalization;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people order devices to do: rows with who and when, what became of each, and the audit beside them.</summary>
public sealed class DeviceOrders(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<DeviceOrders> logger)
{
    /// <summary>Oftener than this a gauge is worn out by its own radio, and a river has nothing new to say.</summary>
    public static readonly Duration ShortestInterval = Duration.FromSeconds(10);

    /// <summary>The longest interval of a device that stands at no station.</summary>
    public static readonly Duration LongestInterval = Duration.FromHours(1);

    /// <summary>What is still being given then was not: the engine stopped in that moment, or its store could not be written.</summary>
    static readonly Duration GivenWithin = Duration.FromHours(1);

    // A command that a session kept is gone with the session.
    const string Select =
        """
        SELECT id, device, payload, given_at, given_by, state_at, detail,
            CASE WHEN state = 'Waiting' AND NOT EXISTS (SELECT 1 FROM door_commands WHERE device_order = device_orders.id) THEN 'Lost'
                WHEN state = 'Giving' AND given_at < @before THEN 'Failed' ELSE state END AS state
        FROM device_orders
        """;

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>The last orders of a device, the newest first.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="count">How many at most.</param>
    public ImmutableArray<DeviceOrder> Of(string device, int count) => [.. operations.Read(connection =>
        connection.Query<DeviceOrder>(Select + " WHERE device = @device ORDER BY id DESC LIMIT @count", new { device, count, before = clock.GetCurrentInstant() - GivenWithin }).AsList())];

    /// <summary>One order; null when there is none of this number.</summary>
    public DeviceOrder? Of(long id) => operations.Read(connection =>
        connection.QuerySingleOrDefault<DeviceOrder>(Select + " WHERE id = @id", new { id, before = clock.GetCurrentInstant() - GivenWithin }));

    /// <summary>The longest interval that a device may be ordered: what its station is expected to report in, for a longer one would be a silence.</summary>
    public static Duration LongestFor(Site site, string device) =>
        site.Devices.GetValueOrDefault(device)?.Station is { } at && site.StationOf(at) is { } station ? Duration.Max(station.ReportEvery, ShortestInterval) : LongestInterval;

    /// <summary>Writes down that a device is ordered to measure every so often. The order is then given to the way that leads to the device, which says what it makes of it:
    /// <see cref="Became"/>.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="device">The device.</param>
    /// <param name="seconds">How many seconds from one measurement to the next.</param>
    /// <param name="who">The person.</param>
    /// <returns>The answer, with the order's number, and the message.</returns>
    public (Answer Answer, string Payload) Measure(Site site, string device, int seconds, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (!site.Devices.ContainsKey(device))
            return (new Answer.NotFound(), "");
        var longest = LongestFor(site, device);
        if (Duration.FromSeconds(seconds) is var wanted && (wanted < ShortestInterval || wanted > longest))
            return (new Answer.Refused(string.Create(
                CultureInfo.InvariantCulture, $"interval_s goes from {ShortestInterval.TotalSeconds:0} to {longest.TotalSeconds:0}: a longer one would be a silence of its station.")), "");
        var payload = string.Create(CultureInfo.InvariantCulture, $$"""{"interval_s":{{seconds}}}""");
        var answer = _commands.Write((connection, book) =>
        {
            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO device_orders (device, payload, given_at, given_by, state, state_at)
                VALUES (@device, @payload, @Now, @who, 'Giving', @Now) RETURNING id
                """,
                new { device, payload, book.Now, who });
            book.Note("ordered", $"device/{device}", null, new Facts { Order = payload }, who);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done)
            Log.Ordered(logger, who, device, payload);
        return (answer, payload);
    }

    /// <summary>Writes down what the way to the device made of an order. What the device itself has said meanwhile stays.</summary>
    public Answer Became(long id, OrderState state, string? detail) => _commands.Write((connection, book) =>
    {
        connection.Execute(
            "UPDATE device_orders SET state = @state, state_at = @Now, detail = @detail WHERE id = @id AND state = 'Giving'", new { id, state = state.ToString(), book.Now, detail });
        return new Answer.Done(null, id);
    });
}
