using System.Collections.Immutable;

namespace CanhLu;

/// <summary>The wording of one sort of bulletin in one language, with slots in braces.</summary>
/// <remarks>
/// Slots, filled as official bulletins write them: <c>{river}</c> and <c>{station}</c>, names; <c>{time}</c>, hour and day of the reading,
/// <c>21 giờ 30 phút ngày 29/10/2025</c>; <c>{hour}</c> and <c>{date}</c>, the same apart; <c>{stage}</c>, <c>2,68 m</c>, and <c>{relation}</c>,
/// <c>dưới báo động III 0,02 m</c>, in bulletins about a threshold or the rate; <c>{level}</c>, <c>III</c>, in warnings about a threshold; <c>{rate}</c>,
/// <c>35 cm/giờ</c>, in warnings about the rate; <c>{reservoir}</c>, <c>Phú Ninh</c>, in bulletins about a release; <c>{discharge}</c>,
/// <c>100–400 m³/s</c>, and <c>{start}</c>, when the gates open, in warnings about one.
/// </remarks>
/// <param name="Kind">Warning or all-clear.</param>
/// <param name="Cause">What it is about.</param>
/// <param name="Level">The level it is for; null for every level.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="Text">The full text, with its marks.</param>
/// <param name="Sms">The text for SMS, before marks are taken off; null to use <paramref name="Text"/>.</param>
/// <param name="ZaloTemplate">The id of the approved Zalo template; null when there is none, and then Zalo is not used.</param>
public sealed record BulletinTemplate(
    BulletinKind Kind, Cause Cause, AlarmLevel? Level, string Language, string Text, string? Sms, string? ZaloTemplate)
{
    /// <summary>The names of the slots.</summary>
    public static readonly ImmutableArray<string> SlotNames =
        ["river", "station", "time", "hour", "date", "stage", "relation", "level", "rate", "reservoir", "discharge", "start"];
}
