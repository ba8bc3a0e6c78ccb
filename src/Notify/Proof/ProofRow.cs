using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify.Proof;

/// <summary>A delivery as it stands in a ledger.</summary>
sealed record ProofRow
{
    public required long BulletinId { get; init; }
    public required long RecipientId { get; init; }
    public string? Phone { get; init; }
    public string? WardCode { get; init; }
    public required string Carrier { get; init; }
    public required string Key { get; init; }
    public required AlarmLevel Level { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required Instant PlannedAt { get; init; }
    public Instant? HandedOverAt { get; init; }
    public Instant? DoubtfulAt { get; init; }
    public Instant? AcceptedAt { get; init; }
    public Instant? DeliveredAt { get; init; }
    public Instant? SettledAt { get; init; }
    public string? Reference { get; init; }
    public string? LastCode { get; init; }
    public string? LastAnswer { get; init; }
    public string? NextCarrier { get; init; }
    public string? NextWhy { get; init; }
    public Instant? SeenAt { get; init; }

    /// <summary>The line without its hash.</summary>
    public string Line(bool clear) => string.Join(
        ',', Number(BulletinId), Number(RecipientId), Cell(Telephone(clear)), Cell(WardCode), Cell(Carrier), Cell(Key), Level.ToString(), Cell(State), Number(Attempts),
        Time(PlannedAt), Time(HandedOverAt), Time(DoubtfulAt), Time(AcceptedAt), Time(DeliveredAt), Time(SettledAt), Cell(Reference), Cell(LastCode), Cell(LastAnswer),
        Cell(NextCarrier), Cell(NextWhy), Time(SeenAt));

    /// <summary>Without the plus sign, which a spreadsheet takes for a formula.</summary>
    string? Telephone(bool clear) => Phone is null ? null : (clear ? Phone : new PhoneNumber(Phone).Masked).TrimStart('+');

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Time(Instant? at) => at is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "";

    /// <summary>Carriers' words come from outside: on one line, quoted where CSV needs it, and never a formula.</summary>
    static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        if (line[0] is '=' or '+' or '-' or '@' && !decimal.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            line = "'" + line;
        return line.AsSpan().ContainsAny(",\"") ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    }
}
