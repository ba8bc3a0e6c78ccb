using System.Collections.Immutable;

namespace CanhLu.Host.SiteFiles;

/// <summary>What reading a site came to: the site, or everything that is wrong with it.</summary>
abstract record SiteVerdict
{
    /// <summary>Nothing is wrong.</summary>
    /// <param name="Site">The site.</param>
    public sealed record Right(Site Site) : SiteVerdict;

    /// <summary>Something is wrong, and nothing of the site may be used.</summary>
    /// <param name="Errors">All of it, in the order of files and lines; never empty.</param>
    public sealed record Wrong(ImmutableArray<SiteError> Errors) : SiteVerdict;
}
