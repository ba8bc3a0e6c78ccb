using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Devices that people take in and let go while the engine runs: rows with who and when, and the audit beside them in one transaction.</summary>
public sealed class Adoptions(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<Adoptions> logger)
{
    const int Most = 10_000;
    const int LongestName = 100;
    const string Select = "SELECT id, device, kind, model, fields, station, name, adopted_at, adopted_by, until_at, until_by FROM adopted_devices";

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>Those that nobody has let go, in the order in which they came.</summary>
    public ImmutableArray<AdoptedDevice> InForce() => InForce(operations);

    /// <summary>A site of files with what is adopted beside it in a store, for whoever reads a folder without its engine.</summary>
    public static Site Into(Site files, Operations operations) => AdoptedDevice.Into(files, InForce(operations));

    /// <summary>All of them, also those that were let go, the newest first.</summary>
    /// <param name="count">How many at most.</param>
    public ImmutableArray<AdoptedDevice> Newest(int count) =>
        [.. operations.Read(connection => connection.Query<AdoptedDevice>(Select + " ORDER BY id DESC LIMIT @count", new { count }).AsList())];

    /// <summary>One of them; null when there is none of this number.</summary>
    public AdoptedDevice? Of(long id) =>
        operations.Read(connection => connection.QuerySingleOrDefault<AdoptedDevice>(Select + " WHERE id = @id", new { id }));

    /// <summary>Takes a device in.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="device">The device's id on the wire.</param>
    /// <param name="model">A model of the site: it sends the same fields.</param>
    /// <param name="station">Where it stands; null for none.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="who">The person.</param>
    public Answer Adopt(Site site, string device, string model, string? station, string name, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var models = Models(site);
        if (models.FirstOrDefault(one => one.Id == model) is not { } known)
            return new Answer.Refused($"model is none of the site's: {string.Join(", ", models.Select(one => one.Id))}.");
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName)
            return new Answer.Refused($"name is missing, or has more than {LongestName} characters: what people call the device.");
        var taken = new Device(device, known, string.IsNullOrWhiteSpace(station) ? null : station, name.Trim());
        if (site.Devices.ContainsKey(device))
            return new Answer.Refused($"{device} is a device of the site already.");
        if (AdoptedDevice.WhyNot(site, taken) is { } why)
            return new Answer.Refused(why);
        var answer = _commands.Write((connection, book) =>
        {
            if (connection.QuerySingleOrDefault<AdoptedDevice>(Select + " WHERE device = @device AND until_at IS NULL", new { device }) is { } other)
                return new Answer.AlreadyDone("adopted", other.AdoptedBy, other.AdoptedAt);
            if (connection.ExecuteScalar<int>("SELECT count(*) FROM adopted_devices WHERE until_at IS NULL") >= Most)
                return new Answer.Refused($"{Most} devices are adopted: write them into the site's files.");
            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO adopted_devices (device, kind, model, fields, station, name, adopted_at, adopted_by)
                VALUES (@Id, @kind, @model, @fields, @Station, @Name, @Now, @who) RETURNING id
                """,
                new { taken.Id, kind = known.Kind.ToString(), model = known.Id, fields = AdoptedDevice.Write(known.Fields), taken.Station, taken.Name, book.Now, who });
            book.Note("adopted", $"device/{device}", null, new Facts { Kind = known.Kind.ToString(), Model = known.Id, Station = taken.Station, Name = taken.Name }, who);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done)
            Log.Adopted(logger, who, device);
        return answer;
    }

    /// <summary>Lets an adopted device go: its messages are an unknown device's from then on, and what it has measured stays.</summary>
    /// <param name="id">The adoption's number.</param>
    /// <param name="who">The person.</param>
    public Answer LetGo(long id, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        AdoptedDevice? adopted = null;
        var answer = _commands.Write((connection, book) =>
        {
            adopted = connection.QuerySingleOrDefault<AdoptedDevice>(Select + " WHERE id = @id", new { id });
            if (adopted is null)
                return new Answer.NotFound();
            if (adopted is { UntilAt: { } at, UntilBy: { } by })
                return new Answer.AlreadyDone("let go", by, at);
            connection.Execute("UPDATE adopted_devices SET until_at = @Now, until_by = @who WHERE id = @id", new { id, book.Now, who });
            book.Note("let go", $"device/{adopted.Device}", new Facts { Name = adopted.Name, Station = adopted.Station }, null, who);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done)
            Log.LetGo(logger, who, adopted!.Device);
        return answer;
    }

    /// <summary>The models that a device may be like: those of the site's devices, but for the engine's own.</summary>
    public static ImmutableArray<DeviceModel> Models(Site site) =>
        [.. site.Devices.Values.Where(device => device.Id != Canary.Id).Select(device => device.Model).DistinctBy(model => model.Id).OrderBy(model => model.Kind).ThenBy(model => model.Id, StringComparer.Ordinal)];

    static ImmutableArray<AdoptedDevice> InForce(Operations operations) =>
        [.. operations.Read(connection => connection.Query<AdoptedDevice>(Select + " WHERE until_at IS NULL ORDER BY id").AsList())];
}
