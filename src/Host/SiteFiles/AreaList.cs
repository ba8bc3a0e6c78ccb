using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The areas of <c>site.yaml</c>.</summary>
static class AreaList
{
    static readonly Duration _shortest = Duration.FromMinutes(1);
    static readonly Duration _longest = Duration.FromDays(2);

    /// <summary>Reads the entries under <c>areas</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        foreach (var section in site.Sections("areas", "area", "code"))
        {
            var code = draft.AreaCodes.Take(section, "code");
            var name = section.Text("name");
            var evacuation = section.LengthOrNone("evacuation", _shortest, _longest);
            section.Done();
            if (section.Sound)
                draft.Areas.Add((new(code!, name!) { Evacuation = evacuation }, section.Single("code")!));
        }
    }
}
