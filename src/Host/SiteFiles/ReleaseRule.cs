namespace CanhLu.Host.SiteFiles;

/// <summary>A rule of the type <c>release</c>.</summary>
static class ReleaseRule
{
    /// <summary>More than any spillway of the country lets through, m³/s.</summary>
    const int Largest = 100_000;

    /// <summary>Reads the keys of a release; null when something is wrong.</summary>
    public static Rule.Release? Read(Section section, Head head, Draft draft)
    {
        var stations = draft.StationIds.ReferAll(section, "stations", required: true);
        var source = section.Text("source");
        if (source is not null && !Names.IdForm().IsMatch(source))
            section.WrongAt("source", "source cannot be an id of a reservoir", Names.IdInWords);
        var reservoir = section.Text("reservoir");
        if (draft.Rules.OfType<Rule.Release>().FirstOrDefault(rule => rule.Source == source) is { } other && reservoir is not null && other.Reservoir != reservoir)
            section.WrongAt("reservoir", $"rule {other.Id} calls this reservoir otherwise", $"write {other.Reservoir} in both");
        var levels = section.Within("levels", $"{section.What}, levels") is { } written ? Levels(written) : null;
        return section.Sound
            ? new(head.Id, head.Name, head.Policy, [.. stations.Select(station => station.Id)], source!, reservoir!, levels!)
            : null;
    }

    static ReleaseLevels? Levels(Section section)
    {
        var least = 0;
        int? At(string level)
        {
            var discharge = section.WholeOrNone(level, 1, Largest);
            if (discharge <= least)
                section.WrongAt(level, "it is not above the level below it", $"write more than {least}");
            least = discharge ?? least;
            return discharge;
        }
        var levels = new ReleaseLevels(At("I"), At("II"), At("III"));
        section.Done();
        if (section.Sound && levels is { I: null, II: null, III: null })
            section.Wrong(section.Node, "no level has a discharge", "write at least one, in m³/s: { I: 30 }");
        return section.Sound ? levels : null;
    }
}
