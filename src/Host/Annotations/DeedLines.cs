using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CanhLu.Archive.Influx;
using CanhLu.Duty;
using CanhLu.Host.Afterwards;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Annotations;

/// <summary>The audit as points in InfluxDB, and the changes of alarms that stand in it.</summary>
/// <remarks>
/// <code>
/// deed,about=bulletin,action=decided,subject=tam-ky text="Bản tin #3 được phát · mức II · 2,21 m",who="auto" 1761746400000000
/// alarm,cause=threshold,rule=bao-dong,subject=tam-ky level=2i,text="II",episode=7i,stage_mm=2210i 1761746400000000
/// </code>
/// The audit is only ever added to, so its numbers are the positions. A deed stands at its time by our clock, an alarm's change at the time since which its level holds, by the river's: both lie where people look for
/// them beside the water. Only closed facts are written: never what people wrote (notes, reasons, their own words in a bulletin), and nothing that looks like a telephone number.
/// </remarks>
sealed partial class DeedLines(DutyLog log, Func<Site> site) : ILineSource
{
    /// <summary>Deeds of one transaction have one time: they are set apart by microseconds, in the order in which they were done.</summary>
    const int MostAtOnce = 256;

    static readonly string[] Changes = ["opened", "rose", "fell", "ended"];

    long _end = 1;

    public string Name => "deeds";

    public long End => _end = StoreTrouble.Calmed(() => log.LastAudit() + 1, _end);

    public ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
    {
        var first = Math.Max(1, from);
        var entries = StoreTrouble.Told(() => log.AuditFrom(Math.Max(1, first - MostAtOnce), most + MostAtOnce));
        var (next, last, since) = (from, Instant.MinValue, 0);
        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            since = entry.At == last ? since + 1 : 0;
            last = entry.At;
            if (entry.Id < first || entry.Id >= first + most)
                continue;
            StoreTrouble.Told(() => Write(entry, Duration.FromTicks(10L * since), lines));
            next = entry.Id + 1;
        }
        return new(next);
    }

    int Write(AuditEntry entry, Duration apart, LineBuffer lines)
    {
        var (about, number) = entry.Subject.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (entry.Subject[..slash], entry.Subject[(slash + 1)..]) : (entry.Subject, "");
        var episode = about == "episode" ? EpisodeOf(number) : null;
        var subject = SubjectOf(about, number, episode, entry);
        // What only tries the way is no news of the river.
        if (subject == Canary.Id || episode?.Rule == Canary.RuleId)
            return 0;
        var facts = Facts.Of(entry.After);
        lines.Key(LineBuffer.KeyOf("deed", ("about", about), ("action", entry.Action), ("subject", subject)));
        lines.Field("text"u8, Masked(string.Join(" · ", [DeedWords.What(entry, site(), EpisodeOf).Vi, .. facts.Words()])));
        lines.Field("who"u8, Masked(entry.Who));
        lines.End(entry.At + apart);
        if (episode is null || !Changes.Contains(entry.Action) || facts.Level is not { } level)
            return 1;
        lines.Key(LineBuffer.KeyOf("alarm", ("cause", episode.Cause.ToString().ToLowerInvariant()), ("rule", episode.Rule), ("subject", episode.Subject)));
        lines.Field("level"u8, (long)level);
        lines.Field("text"u8, level.ToString());
        lines.Field("episode"u8, episode.Id);
        if (facts.Stage is { } stage)
            lines.Field("stage_mm"u8, (long)stage);
        lines.End(facts.Since ?? entry.At);
        return 2;
    }

    Episode? EpisodeOf(string number) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? log.Episode(id) : null;

    /// <summary>The station or device that it is about, so that a station's deeds can be asked for; empty where it is about people.</summary>
    string SubjectOf(string about, string number, Episode? episode, AuditEntry entry)
    {
        var id = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return about switch
        {
            "episode" => episode?.Subject ?? "",
            "proposal" => log.Proposal(id)?.Station ?? "",
            "bulletin" => log.Bulletin(id)?.Station ?? "",
            "device" or "site" => number,
            "maintenance" => Facts.Of(entry.After).Alarm ?? Facts.Of(entry.Before).Alarm ?? "",
            "staff" => Facts.Of(entry.After).Station ?? Facts.Of(entry.Before).Station ?? "",
            _ => "",
        };
    }

    static string Masked(string text) => LooksLikeNumber().Replace(text, "•••");

    [GeneratedRegex(@"(?<![\d.,])\+?\d(?:[ .-]?\d){7,}")]
    private static partial Regex LooksLikeNumber();

    /// <summary>What of an entry's facts is a closed word or a number.</summary>
    sealed record Facts(AlarmLevel? Level, int? Stage, Instant? Since, string? Alarm, string? Station)
    {
        static readonly Facts None = new(null, null, null, null, null);

        public static Facts Of(string? json)
        {
            if (json is null)
                return None;
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new Facts(
                Enum.TryParse<AlarmLevel>(Text("level"), out var level) ? level : null,
                root.TryGetProperty("stage_mm", out var stage) && stage.TryGetInt32(out var millimetres) ? millimetres : null,
                Text("since") is { } since && InstantPattern.ExtendedIso.Parse(since) is { Success: true, Value: var instant } ? instant : null,
                Text("alarm"), Text("station"));

            string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }

        public IEnumerable<string> Words()
        {
            if (Level is { } level and not AlarmLevel.None)
                yield return $"mức {level}";
            if (Stage is { } stage)
                yield return string.Create(CultureInfo.InvariantCulture, $"{stage / 1000.0:0.00} m").Replace('.', ',');
        }
    }
}
