namespace CanhLu;

/// <summary>The wording of one sort of bulletin in one language, with slots in braces.</summary>
/// <param name="Kind">Warning or all-clear.</param>
/// <param name="Cause">What it is about.</param>
/// <param name="Level">The level it is for; null for every level.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="Text">The full text, with its marks. Slots: <c>{river} {station} {hour} {time} {date} {stage} {relation} {level} {rate}</c>.</param>
/// <param name="Sms">The text for SMS, before marks are taken off; null to use <paramref name="Text"/>.</param>
/// <param name="ZaloTemplate">The id of the approved Zalo template; null when there is none, and then Zalo is not used.</param>
public sealed record BulletinTemplate(
    BulletinKind Kind, Cause Cause, AlarmLevel? Level, string Language, string Text, string? Sms, string? ZaloTemplate);
