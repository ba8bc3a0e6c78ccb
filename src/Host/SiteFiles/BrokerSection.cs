using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>The outside broker of <c>site.yaml</c>, when it names one.</summary>
static class BrokerSection
{
    const int DefaultReceiveMaximum = 1_000;

    /// <summary>Reads the section <c>broker</c>; null when there is none.</summary>
    public static Broker? Read(Section site, Draft draft)
    {
        if (site.WithinOrNone("broker", "broker") is not { } section)
            return null;
        var url = Url(section);
        var clientId = section.Text("client_id");
        var user = section.TextOrNone("user");
        var links = section.WholeOrNone("links", 1, 16);
        var receiveMaximum = section.WholeOrNone("receive_maximum", 1, 65_535);
        var authority = Pem(section, "ca_file", draft);
        var certificate = Pem(section, "certificate_file", draft);
        section.Done();
        return section.Sound ? new(url!, clientId!, user, links ?? 1, receiveMaximum ?? DefaultReceiveMaximum, authority, certificate) : null;
    }

    static string? Url(Section section)
    {
        if (section.Single("url") is not { } written)
            return null;
        if (!Uri.TryCreate(written.Text, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts") || url.Host.Length == 0 ||
            url.PathAndQuery.Trim('/').Length > 0)
            section.Wrong(Hidden(written), "url is no address of a broker", "write mqtt://host:1883 or mqtts://host:8883");
        else if (url.UserInfo.Length > 0)
            section.Findings.Add(written.Place, $"{url.Scheme}://***@{Shown.Of(url.Authority)}", $"{section.What}: url holds a user or a password",
                "write the name as 'user: …', and give the password to the engine by the environment or a file of its own");
        else
            return written.Text;
        return null;
    }

    // Whatever stands before an @ may be a password, also in an address that is none.
    static Node.Scalar Hidden(Node.Scalar url) => url.Text.LastIndexOf('@') is var at and >= 0 ? url with { Text = "***" + url.Text[at..] } : url;

    static string? Pem(Section section, string key, Draft draft)
    {
        if (section.TextOrNone(key) is not { } written)
            return null;
        var path = Path.GetFullPath(written, Path.GetFullPath(draft.Folder));
        if (File.Exists(path))
            return path;
        section.WrongAt(key, $"{key}: there is no such file", $"put a PEM file there, or write its path from {SiteFolder.SiteFile}'s folder");
        return null;
    }
}
