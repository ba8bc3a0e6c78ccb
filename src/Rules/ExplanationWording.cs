using System.Globalization;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Explanations in sentences that a duty officer reads at night.</summary>
/// <param name="site">For names and the zone in which times are written.</param>
/// <param name="series">For the gauges' names.</param>
/// <param name="language"><c>vi</c>; anything else is English.</param>
public sealed class ExplanationWording(Site site, IReadOnlyCollection<Series> series, string language)
{
    bool IsVi => language == "vi";

    /// <summary>How a rule stood.</summary>
    public string Of(RuleExplanation rule)
    {
        var name = site.Rules.FirstOrDefault(one => one.Id == rule.Rule)?.Name ?? rule.Rule;
        var level = rule.Cause == Cause.Threshold ? IsVi ? $"báo động {rule.Level}" : $"alarm level {rule.Level}" : IsVi ? "đang báo động" : "alarm stands";
        return rule.Level == AlarmLevel.None
            ? name + (IsVi ? ": không báo động" : ": no alarm")
            : $"{name}: {level}" + (rule.Since is { } since ? (IsVi ? $" từ {Time(since)}" : $" since {Time(since)}") : "");
    }

    /// <summary>A clause with its values.</summary>
    public string Of(Clause clause) => clause switch
    {
        Clause.Measured => IsVi ? "chưa có số đo mực nước nào" : "no stage has been measured",
        Clause.InForce(null) => IsVi ? "trạm này không có mức báo động" : "this station has no alarm levels",
        Clause.InForce({ } from) => IsVi ? $"mức báo động chưa có hiệu lực, bắt đầu từ {Time(from)}" : $"the alarm levels are not in force before {Time(from)}",
        Clause.Reached(var level, var gauge, var stage, var raise) => $"{Bd(level)}: {Compared(stage, raise)}{At(gauge)}, " + (stage >= raise
            ? IsVi ? "đã đạt" : "reached"
            : IsVi ? $"còn thiếu {Height(raise - stage)}" : $"still {Height(raise - stage)} below"),
        Clause.RaiseHeld(var level, var gauge, var lasted, var needed) => $"{Bd(level)}: {Held(lasted, needed)}{At(gauge)}",
        Clause.Cleared(var level, var gauge, var stage, var clear) => (IsVi ? $"hết {Bd(level)}: " : $"end of {Bd(level)}: ") + Compared(stage, clear) + At(gauge) + ", "
            + (stage < clear ? IsVi ? "đã xuống dưới" : "below" : IsVi ? $"phải xuống thêm hơn {Height(stage - clear)}" : $"must fall by more than {Height(stage - clear)}"),
        Clause.ClearHeld(var level, var gauge, var lasted, var needed) => (IsVi ? $"hết {Bd(level)}: " : $"end of {Bd(level)}: ") + Held(lasted, needed) + At(gauge),
        Clause.Gate(var gauge, var stage, var bound) => (IsVi ? "tốc độ chỉ tính từ mực nước ngưỡng: " : "the rate counts from a stage on: ") + Compared(stage, bound) + At(gauge),
        Clause.Rises(var gauge, var rate, var raise) => Rate(rate, raise, rate >= raise ? "≥" : "<", gauge),
        Clause.Slows(var gauge, var rate, var clear) => (IsVi ? "hết báo động: " : "end of the alarm: ") + Rate(rate, clear, rate < clear ? "<" : "≥", gauge),
        Clause.Quiet(null, _, var needed) => IsVi ? $"chưa nghe trạm lần nào; im lặng khi quá {Length(needed)}" : $"the station was never heard; it is silent after {Length(needed)}",
        Clause.Quiet({ } heard, var lasted, var needed) => IsVi
            ? $"nghe lần cuối lúc {Time(heard)}, {Length(lasted)} trước; im lặng khi đủ {Length(needed)}"
            : $"last heard at {Time(heard)}, {Length(lasted)} before; silent after {Length(needed)}",
        Clause.Confirmed(var reading, var until) => IsVi
            ? $"số đo đáng ngờ {Metres((int)reading.Value)} lúc {Time(reading.MeasuredAt)} chờ số đo tiếp theo xác nhận, lâu nhất đến {Time(until)}"
            : $"the suspect reading of {Metres((int)reading.Value)} at {Time(reading.MeasuredAt)} waits for the next one to confirm it, until {Time(until)} at the latest",
        Clause.Sound(var reading) => IsVi
            ? $"số đo mới nhất lúc {Time(reading.MeasuredAt)} có cờ {(int)reading.Flag} và bị bỏ qua: không nâng, không hạ báo động"
            : $"the newest reading, at {Time(reading.MeasuredAt)}, has flag {(int)reading.Flag} and is passed over: it neither raises nor clears",
        _ => throw new ArgumentOutOfRangeException(nameof(clause), clause, "A clause without words."),
    };

    /// <summary>An instant in the site's zone, to the minute.</summary>
    public string Time(Instant at) => at.InZone(site.Zone).ToString("HH:mm dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    /// <summary>A length of time in whole minutes, or seconds below one.</summary>
    public string Length(Duration length)
    {
        if (length < Duration.FromMinutes(1))
            return Whole(length.TotalSeconds) + (IsVi ? " giây" : " s");
        var minutes = (long)Math.Floor(length.TotalMinutes);
        var (hours, rest) = (minutes / 60, minutes % 60);
        var text = rest > 0 || hours == 0 ? Whole(rest) + (IsVi ? " phút" : " min") : "";
        return hours == 0 ? text : $"{Whole(hours)}{(IsVi ? " giờ" : " h")}{(text.Length > 0 ? " " : "")}{text}";
    }

    static string Whole(double number) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);

    string Bd(AlarmLevel level) => IsVi ? $"BĐ {level}" : $"level {level}";

    string Compared(Stage stage, Stage bound) => $"{Metres(stage.Millimetres)} {(stage >= bound ? "≥" : "<")} {Metres(bound.Millimetres)}";

    string Held(Duration lasted, Duration needed) =>
        needed == Duration.Zero ? IsVi ? "không cần giữ" : "no hold is needed"
        : IsVi ? $"đã giữ {Length(lasted)} trên {Length(needed)}" : $"held {Length(lasted)} of {Length(needed)}";

    string Rate(RateOfRise? rate, RateOfRise bound, string sign, SeriesId gauge) => rate is { } known
        ? (IsVi ? "nước lên " : "the water rises ") + $"{PerHour(known)} {sign} {PerHour(bound)}{At(gauge)}"
        : (IsVi ? "quá ít số đo để tính tốc độ" : "too few readings tell a rate") + At(gauge);

    string PerHour(RateOfRise rate) => Decimal(rate.MillimetresPerHour / 10m, "0.#") + (IsVi ? " cm/giờ" : " cm/h");

    /// <summary>A difference of stages: centimetres, or millimetres where there are odd ones.</summary>
    static string Height(int millimetres) => millimetres % 10 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{millimetres / 10} cm")
        : string.Create(CultureInfo.InvariantCulture, $"{millimetres} mm");

    string Metres(int millimetres) => millimetres == Unsettled.Nothing ? "–" : Decimal(millimetres / 1000m, millimetres % 10 == 0 ? "0.00" : "0.000") + " m";

    string Decimal(decimal number, string form)
    {
        var text = number.ToString(form, CultureInfo.InvariantCulture);
        return IsVi ? text.Replace('.', ',') : text;
    }

    string At(SeriesId gauge)
    {
        var device = series.FirstOrDefault(one => one.Id == gauge)?.Device;
        return device is null ? "" : $" ({(site.Devices.TryGetValue(device, out var known) ? known.Name : device)})";
    }
}
