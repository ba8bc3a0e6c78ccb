namespace CanhLu.Host.Watching;

/// <summary>The site in force: one immutable value, swapped whole, so that whoever has asked for it works to the end with what it got.</summary>
/// <param name="site">The site at start.</param>
sealed class SiteInForce(Site site)
{
    volatile Site _site = site;
    volatile Site _files = site;
    volatile string? _refused;

    public Site Site
    {
        get => _site;
        set => _site = value;
    }

    /// <summary>The same as the files say it, without the devices that people took in beside them.</summary>
    public Site Files
    {
        get => _files;
        set => _files = value;
    }

    /// <summary>Why what stands in the folder now is not in force, in one line; null when it is.</summary>
    public string? Refused
    {
        get => _refused;
        set => _refused = value;
    }
}
