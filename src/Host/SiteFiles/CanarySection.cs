using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The section <c>canary</c> of <c>site.yaml</c>: how often the whole way is tried, and on which telephones.</summary>
static class CanarySection
{
    static readonly Duration ShortestEvery = Duration.FromMinutes(5);
    static readonly Duration LongestEvery = Duration.FromDays(7);
    static readonly Duration ShortestWithin = Duration.FromSeconds(5);
    static readonly Duration LongestWithin = Duration.FromMinutes(5);

    /// <summary>Reads the section, after devices; null when there is none.</summary>
    public static Canary? Read(Section site, Draft draft)
    {
        if (site.WithinOrNone("canary", "canary") is not { } section)
            return null;
        var phones = Phones(section);
        var every = section.Length("every", ShortestEvery, LongestEvery);
        var within = section.Length("within", ShortestWithin, LongestWithin);
        var until = section.WordOrNone("until", Words.Arrivals);
        if (draft.Devices.Exists(device => device.Id == Canary.Id))
            section.Wrong(section.Node, $"there is a device {Canary.Id}", "the canary sends by that name: give the device another id");
        section.Done();
        return section.Sound ? new(phones, every!.Value, within!.Value, until ?? false) : null;
    }

    static ImmutableArray<string> Phones(Section section)
    {
        var phones = ImmutableArray.CreateBuilder<string>();
        if (section.List("phones") is not { } list)
            return [];
        if (list.Items.Length == 0)
            section.Wrong(list, "no telephone is named", "name at least one that is the operator's own, or leave canary out");
        foreach (var item in list.Items)
        {
            if (item is Node.Unreadable)
                continue;
            if (!PhoneNumber.TryRead((item as Node.Scalar)?.Text ?? "", out var number, out var reason))
                section.Wrong(item, $"the number {reason}", "write a mobile number in quotes: \"0905 000 001\"");
            else if (phones.Contains(number.E164))
                section.Wrong(item, "phones names it twice", "keep one");
            else
                phones.Add(number.E164);
        }
        return phones.DrainToImmutable();
    }
}
