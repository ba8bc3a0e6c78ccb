using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>A rule of the type <c>fault</c>.</summary>
static class FaultRule
{
    const int Spikes = 3;
    const int MostSpikes = 1_000;
    const int JumpMillimetres = 200;

    static readonly Duration Shortest = Duration.FromMinutes(1);
    static readonly Duration Longest = Duration.FromDays(7);
    static readonly Duration Within = Duration.FromHours(6);
    static readonly Duration ClockOff = Duration.FromHours(1);

    /// <summary>Reads the keys of a fault; null when something is wrong.</summary>
    public static Rule.Fault? Read(Section section, Head head, Draft draft)
    {
        var stations = RuleList.Gauged(section, draft);
        var faults = ImmutableArray.CreateBuilder<FaultKind>();
        var list = section.List("faults");
        if (list is { Items.Length: 0 })
            section.Wrong(list, "faults is an empty list", $"name at least one: {string.Join(", ", Words.Faults.Keys)}");
        foreach (var item in list?.Items ?? [])
        {
            if (item is not Node.Scalar written)
                section.Wrong(item, "faults must be words", $"write one of: {string.Join(", ", Words.Faults.Keys)}");
            else if (section.Word("faults", written, Words.Faults) is { } kind)
            {
                if (faults.Contains(kind))
                    section.Wrong(item, $"faults names {written.Text} twice", "keep one");
                faults.Add(kind);
            }
        }
        var spikes = section.WholeOrNone("spikes", 1, MostSpikes);
        var within = section.LengthOrNone("within", Shortest, Longest);
        var jump = section.MetresOrNone("jump_m");
        var clock = section.LengthOrNone("clock_off", Shortest, Longest);
        if (jump is { Millimetres: <= 0 })
            section.WrongAt("jump_m", "every step would be a jump", "write the least step that may be one: 0.20");
        // A key that nothing asks for is a rule that somebody believes in.
        foreach (var (key, kind) in ((string, FaultKind)[])[("spikes", FaultKind.Spiking), ("within", FaultKind.Spiking), ("jump_m", FaultKind.Jump), ("clock_off", FaultKind.Clock)])
            if (list is not null && section.Has(key) && !faults.Contains(kind))
                section.WrongAt(key, $"it is about {Words.Of(Words.Faults, kind)}, which faults does not name", "take it out, or name that fault");
        if (head.Policy != Policy.Desk)
            section.WrongAt("policy", "a fault is for the technician, residents are not told of it", "write desk");
        return section.Sound
            ? new(head.Id, head.Name, head.Policy, [.. stations.Select(station => station.Id)], faults.DrainToImmutable(), spikes ?? Spikes, within ?? Within,
                jump?.Millimetres ?? JumpMillimetres, clock ?? ClockOff)
            : null;
    }
}
