using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace CanhLu.Notify.Cap;

/// <summary>Makes the alert of a bulletin: the words that residents read, in Vietnamese and English, with the codes, facts and areas for programs.</summary>
/// <param name="installation">The operations store's number: part of every identifier, so that a new store never repeats an old one's.</param>
public sealed class CapComposer(string installation)
{
    (Site Site, FrozenDictionary<string, ImmutableArray<string>> Polygons)? _shapes;

    /// <summary>The alert of a bulletin.</summary>
    /// <param name="bulletin">What people are told.</param>
    /// <param name="site">Its words, stations and areas; it must have a <see cref="Site.PublicSender"/>.</param>
    /// <param name="status">Whether it is meant.</param>
    /// <param name="references">The published messages that it follows; none makes it the first.</param>
    /// <param name="sent">When it is published.</param>
    /// <param name="grade">How well the alarm is borne out; null when that is not known.</param>
    /// <exception cref="ArgumentException">The site has no public sender.</exception>
    public CapAlert Compose(
        Bulletin bulletin, Site site, CapStatus status, ImmutableArray<CapReference> references, NodaTime.Instant sent, Grade? grade)
    {
        if (site.PublicSender is not { } sender)
            throw new ArgumentException("The site has no public sender.", nameof(site));
        var type = bulletin.Kind == BulletinKind.AllClear ? CapMessageType.Cancel : references.IsEmpty ? CapMessageType.Alert : CapMessageType.Update;
        var kind = status == CapStatus.Actual ? "" : $"-{status.ToString().ToLowerInvariant()}";
        return new CapAlert(
            string.Create(CultureInfo.InvariantCulture, $"{site.Id}-{installation}-{bulletin.Id}{kind}"), sender.Sender, CapTime.Of(sent, site.Zone), status, type,
            Note(status), references, [Info(bulletin, site, status, grade, "vi"), Info(bulletin, site, status, grade, "en")]);
    }

    /// <summary>The message that takes back the one of a bulletin whose broadcast a person has stopped. It says nothing of the water: whether the alarm stands is for the next bulletin.</summary>
    /// <param name="bulletin">What people were told.</param>
    /// <param name="site">Its words, stations and areas; it must have a <see cref="Site.PublicSender"/>.</param>
    /// <param name="status">Whether it is meant.</param>
    /// <param name="published">The message that is taken back.</param>
    /// <param name="sent">When it is published.</param>
    /// <exception cref="ArgumentException">The site has no public sender.</exception>
    public CapAlert Withdraw(Bulletin bulletin, Site site, CapStatus status, CapReference published, NodaTime.Instant sent)
    {
        var said = Compose(bulletin, site, status, [published], sent, null);
        return said with
        {
            Identifier = published.Identifier + "-withdrawn",
            Type = CapMessageType.Cancel,
            Note = string.Join(' ', new[] { Note(status), "Đã thu hồi, không phải báo yên. Withdrawn, which is no all-clear." }.OfType<string>()),
            Infos = [.. said.Infos.Select(info => info with
            {
                Codes = info.Codes with { Urgency = "Unknown", Severity = "Unknown", Certainty = "Unknown", Responses = ["Monitor"] },
                Headline = CapWords.Marked(CapWords.Withdrawn(CapWords.Headline(bulletin, info.Event, Short(info)), Short(info)), status, Short(info)),
                Description = CapWords.Marked(CapWords.WithdrawnBecause(Short(info)), status, Short(info)),
            })],
        };

        static string Short(CapInfo info) => info.Language[..2];
    }

    static string? Note(CapStatus status) => status switch
    {
        CapStatus.Exercise => "Diễn tập, không phải cảnh báo thật. Exercise, not a real warning.",
        CapStatus.Test => "Thử kỹ thuật, không phải cảnh báo thật. Technical test, not a real warning.",
        _ => null,
    };

    CapInfo Info(Bulletin bulletin, Site site, CapStatus status, Grade? grade, string language)
    {
        var station = site.StationOf(bulletin.Station);
        var ladder = station?.LadderAt(bulletin.MeasuredAt);
        var (sender, happening) = (site.PublicSender!, CapWords.Event(bulletin, site, language));
        var begins = bulletin is { Kind: BulletinKind.Warning, Outflow: { } outflow } ? outflow.StartsAt : bulletin.MeasuredAt;
        return new CapInfo(
            language == "vi" ? "vi-VN" : "en-US", happening, CapCodes.Of(bulletin, ladder), CapTime.Of(begins, site.Zone),
            CapTime.Of(bulletin.NotAfter, site.Zone), language == "vi" ? sender.Name : sender.NameEn,
            CapWords.Marked(CapWords.Headline(bulletin, happening, language), status, language),
            // In a drill every word of a bulletin is marked already.
            CapWords.Marked(BulletinText.Of(bulletin, site, language).Text, site.IsDrill ? CapStatus.Actual : status, language), sender.Web, sender.Contact,
            Parameters(bulletin, site, station, ladder, grade), Areas(site, bulletin.Areas ?? station?.Areas ?? []));
    }

    static ImmutableArray<(string, string)> Parameters(Bulletin bulletin, Site site, Station? station, ThresholdSet? ladder, Grade? grade)
    {
        var facts = ImmutableArray.CreateBuilder<(string, string)>();
        Add("station", bulletin.Station);
        Add("cause", bulletin.Cause.ToString().ToLowerInvariant());
        Add("alarm_level", bulletin.Level.ToString());
        Add("measured_at", CapTime.Of(bulletin.MeasuredAt, site.Zone));
        if (bulletin.Stage is { } stage)
        {
            Add("stage_m", Metres(stage.Millimetres));
            Add("datum", station?.Datum);
            if (ladder is not null)
            {
                var (reference, distance) = OfficialDistance.Of(stage, ladder);
                Add("nearest_level", reference.ToString());
                Add("above_nearest_level_m", Metres(distance));
            }
        }
        Add("rate_m_per_h", bulletin.Rate is { } rate ? Metres(rate.MillimetresPerHour) : null);
        if (bulletin.Outflow is { } outflow)
        {
            Add("reservoir", outflow.Reservoir);
            Add("discharge_min_m3_per_s", outflow.Least.ToString(CultureInfo.InvariantCulture));
            Add("discharge_max_m3_per_s", outflow.Most.ToString(CultureInfo.InvariantCulture));
        }
        Add("evidence_grade", grade?.ToString());
        return facts.ToImmutable();

        void Add(string name, string? value)
        {
            if (value is not null)
                facts.Add((name, value));
        }
    }

    static string Metres(int millimetres) => (millimetres / 1000m).ToString("0.000", CultureInfo.InvariantCulture);

    ImmutableArray<CapArea> Areas(Site site, ImmutableArray<string> codes)
    {
        if (_shapes?.Site != site)
            _shapes = (site, site.Outlines.ToFrozenDictionary(outline => outline.Key, outline => AreaShape.Polygons(outline.Value)));
        return
        [
            .. codes.Select(code => new CapArea(
                site.Areas.TryGetValue(code, out var area) ? area.Name : code, _shapes.Value.Polygons.TryGetValue(code, out var polygons) ? polygons : [], code)),
        ];
    }
}
