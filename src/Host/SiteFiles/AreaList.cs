namespace CanhLu.Host.SiteFiles;

/// <summary>The areas of <c>site.yaml</c>.</summary>
static class AreaList
{
    /// <summary>Reads the entries under <c>areas</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        foreach (var section in site.Sections("areas", "area", "code"))
        {
            var code = draft.AreaCodes.Take(section, "code");
            var name = section.Text("name");
            section.Done();
            if (section.Sound)
                draft.Areas.Add((new(code!, name!), section.Single("code")!));
        }
    }
}
