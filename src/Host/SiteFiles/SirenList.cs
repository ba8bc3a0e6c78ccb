using System.Collections.Frozen;

namespace CanhLu.Host.SiteFiles;

/// <summary>The sirens of <c>site.yaml</c>.</summary>
static class SirenList
{
    /// <summary>Reads the entries under <c>sirens</c>, after areas and devices.</summary>
    public static FrozenDictionary<string, Siren> Read(Section site, Draft draft)
    {
        var ids = new Names("siren", SiteFolder.SiteFile, Names.DeviceForm(), Names.DeviceInWords);
        var sirens = new List<Siren>();
        foreach (var section in Section.Entries(draft.Findings, site.ListOrNone("sirens"), "siren"))
        {
            var id = ids.Take(section);
            // One account, one right: a box that does both would have to be let into more than its area's topic.
            if (id is not null && draft.Devices.Exists(device => device.Id == id))
                section.WrongAt("id", "there is a device of this id", "give the siren an account of its own, with another id");
            var area = draft.AreaCodes.Refer(section, "area", section.Required("area"));
            var name = section.Text("name");
            section.Done();
            if (section.Sound)
                sirens.Add(new(id!, area!, name!));
        }
        return sirens.ToFrozenDictionary(siren => siren.Id, StringComparer.Ordinal);
    }
}
