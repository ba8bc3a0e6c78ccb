namespace CanhLu.Host.SiteFiles;

/// <summary>The section <c>public_sender</c> of <c>site.yaml</c>: who speaks in alerts for the public.</summary>
static class PublicSenderSection
{
    const int LongestSender = 200;

    /// <summary>The numbers that WMO gives to national services: theirs alone.</summary>
    const string NationalServices = "2.49.0.";

    /// <summary>Reads the section; null when there is none.</summary>
    public static PublicSender? Read(Section site)
    {
        if (site.WithinOrNone("public_sender", "public_sender") is not { } section)
            return null;
        var sender = section.Text("sender");
        if (sender is not null && (sender.Length > LongestSender || sender.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ',' or '<' or '&')))
            section.WrongAt("sender", "sender has a space, a comma, < or &, or is longer than 200 letters", "write a name under a domain of the city: canh-lu@city.example");
        else if (sender?.Contains(NationalServices, StringComparison.Ordinal) == true)
            section.WrongAt("sender", "sender is the number of a national service", "write an identity of the city's own: canh-lu@city.example");
        var name = section.Text("name");
        var english = section.TextOrNone("name_en");
        var contact = section.TextOrNone("contact");
        var web = section.TextOrNone("web");
        if (web is not null && !(Uri.TryCreate(web, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            section.WrongAt("web", "web is no address", "write https://…");
        section.Done();
        return section.Sound ? new(sender!, name!, english ?? name!, contact, web) : null;
    }
}
