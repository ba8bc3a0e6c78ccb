using System.Collections.Frozen;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>Reads a site's files: into a <see cref="Site"/>, or into everything that is wrong with them.</summary>
static class SiteReader
{
    /// <summary>Reads the site in a folder. Never throws for what the files hold.</summary>
    public static SiteVerdict Read(string folder)
    {
        var findings = new Findings();
        return Read(folder, file => SiteFolder.Read(folder, file, mayBeMissing: file == SiteFolder.WardsFile, findings), findings);
    }

    /// <summary>Reads a site out of the bytes of its files.</summary>
    /// <param name="folder">The folder that paths in the site are relative to.</param>
    /// <param name="open">The bytes of a file; null when there is none.</param>
    /// <param name="findings">Where errors go.</param>
    public static SiteVerdict Read(string folder, Func<string, byte[]?> open, Findings findings)
    {
        var draft = new Draft(findings, folder);
        var site = Root(SiteFolder.SiteFile, "site") is { } root ? SiteSection.Read(root, draft) : null;
        if (open(SiteFolder.WardsFile) is { } wards)
            WardFile.Read(wards, draft);
        if (Root(SiteFolder.RulesFile, "rules") is { } rules)
            RuleList.Read(rules, draft);
        if (Root(SiteFolder.BulletinsFile, "bulletins") is { } bulletins)
            BulletinList.Read(bulletins, draft);
        return findings.Count > 0
            ? new SiteVerdict.Wrong(findings.Sorted)
            : new SiteVerdict.Right(site! with
            {
                Outlines = draft.Outlines.ToFrozenDictionary(StringComparer.Ordinal),
                Rules = site.Canary is null ? [.. draft.Rules] : [.. draft.Rules, Canary.Rule],
                Templates = [.. draft.Templates],
            });

        Section? Root(string file, string what) =>
            open(file) is { } bytes && YamlFile.Read(file, bytes, findings) is { } node ? new(findings, node, what) : null;
    }
}
