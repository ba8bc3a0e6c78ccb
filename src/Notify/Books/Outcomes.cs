using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What became of bulletins, for those who ask afterwards.</summary>
/// <param name="operations">Where deliveries are kept.</param>
public sealed class Outcomes(Operations operations)
{
    /// <summary>By bulletin and area.</summary>
    public IReadOnlyList<WardOutcome> ByWard(IReadOnlyCollection<long> bulletins) => Of<WardOutcome>("outcome-wards", bulletins);

    /// <summary>By carrier, bulletin and language.</summary>
    public IReadOnlyList<CarrierOutcome> ByCarrier(IReadOnlyCollection<long> bulletins) => Of<CarrierOutcome>("outcome-carriers", bulletins);

    /// <summary>Whom no carrier could tell, by bulletin and area.</summary>
    public IReadOnlyList<Missed> Missed(IReadOnlyCollection<long> bulletins) => Of<Missed>("outcome-missed", bulletins);

    /// <summary>Why carriers refused, by bulletin, carrier and area.</summary>
    public IReadOnlyList<Failure> Failures(IReadOnlyCollection<long> bulletins) => Of<Failure>("outcome-failures", bulletins);

    /// <summary>The all-clears owed, paid and out of reach, by episode, newest first.</summary>
    public IReadOnlyList<DebtCount> Debts() => operations.Read(connection => connection.Query<DebtCount>(Statements.Of("debts")).AsList());

    List<T> Of<T>(string statement, IReadOnlyCollection<long> bulletins) => bulletins.Count == 0
        ? []
        : operations.Read(connection => connection.Query<T>(Statements.Of(statement), new { bulletins }).AsList());
}

/// <summary>How one bulletin reached one area.</summary>
public sealed record WardOutcome
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The area.</summary>
    public required string WardCode { get; init; }

    /// <summary>For how many people it was.</summary>
    public required long People { get; init; }

    /// <summary>How many of them a carrier took it for.</summary>
    public required long Told { get; init; }

    /// <summary>How many handsets have it for certain.</summary>
    public required long Delivered { get; init; }

    /// <summary>How many of those have read it, as far as carriers say.</summary>
    public long Seen { get; init; }

    /// <summary>How many were not told because a newer one took its place.</summary>
    public required long Replaced { get; init; }

    /// <summary>How many were not told because another bulletin told them as much: several alarms at once.</summary>
    public required long Held { get; init; }

    /// <summary>How many were not told because the messages of their month were used up.</summary>
    public required long OverBudget { get; init; }

    /// <summary>When the first was handed over.</summary>
    public Instant? FirstHandedOverAt { get; init; }

    /// <summary>When a carrier had the first.</summary>
    public Instant? FirstAcceptedAt { get; init; }

    /// <summary>When carriers had half of those that they took.</summary>
    public Instant? HalfAcceptedAt { get; init; }

    /// <summary>When a carrier had the last.</summary>
    public Instant? LastAcceptedAt { get; init; }

    /// <summary>When the first was on its handset.</summary>
    public Instant? FirstDeliveredAt { get; init; }

    /// <summary>When the last was on its handset.</summary>
    public Instant? LastDeliveredAt { get; init; }
}

/// <summary>What one carrier did with one bulletin in one language.</summary>
public sealed record CarrierOutcome
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The carrier's id.</summary>
    public required string Carrier { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How many it was to tell.</summary>
    public required long Deliveries { get; init; }

    /// <summary>How many it took.</summary>
    public required long Accepted { get; init; }

    /// <summary>How many of those it reported on the handset.</summary>
    public required long Delivered { get; init; }

    /// <summary>How many of those were read, as far as it says.</summary>
    public long Seen { get; init; }

    /// <summary>How many it took and did not report on in time, so that the next carrier told them as well.</summary>
    public long NoReceipt { get; init; }

    /// <summary>How many it refused.</summary>
    public required long Failed { get; init; }

    /// <summary>What one letter takes, by the book of costs: segments of an SMS, 1 of everything else; 0 when none ever went.</summary>
    public required int Units { get; init; }

    /// <summary>As the book has it.</summary>
    public string? PriceText { get; init; }

    /// <summary>Đồng for a unit, as it was when the first letter went; null: nobody gave it.</summary>
    public decimal? Price => PriceText is null ? null : decimal.Parse(PriceText, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Someone whom no carrier could tell a bulletin.</summary>
public sealed record Missed
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The recipient's id.</summary>
    public long Recipient { get; init; }

    /// <summary>What people call the recipient.</summary>
    public string Name { get; init; } = "";

    /// <summary>The part of the area, as the roster has it; null where it does not say.</summary>
    public string? Hamlet { get; init; }

    /// <summary>The number; it prints itself masked.</summary>
    public required PhoneNumber Phone { get; init; }

    /// <summary>The area.</summary>
    public required string WardCode { get; init; }

    /// <summary>The carrier that was tried last.</summary>
    public required string Carrier { get; init; }

    /// <summary>How that ended.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The carrier's last code.</summary>
    public string? Code { get; init; }

    /// <summary>What it means.</summary>
    public string? Answer { get; init; }
}

/// <summary>Deliveries of one bulletin that one carrier refused for one reason in one area.</summary>
public sealed record Failure
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The carrier's id.</summary>
    public required string Carrier { get; init; }

    /// <summary>The area.</summary>
    public required string WardCode { get; init; }

    /// <summary>The carrier's code; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>What it means.</summary>
    public string? Answer { get; init; }

    /// <summary>How many.</summary>
    public required long Deliveries { get; init; }

    /// <summary>How many of them the next carrier was asked for.</summary>
    public required long PassedOn { get; init; }
}
