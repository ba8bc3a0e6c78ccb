using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>Everything that was found wrong so far.</summary>
sealed class Findings
{
    readonly List<SiteError> _errors = [];

    /// <summary>How many.</summary>
    public int Count => _errors.Count;

    /// <summary>All of them, in the order of <see cref="SiteFolder.Files"/> and of lines.</summary>
    public ImmutableArray<SiteError> Sorted =>
    [
        .. _errors.OrderBy(error => SiteFolder.Files.IndexOf(error.Place.File)).ThenBy(error => error.Place.Line)
            .ThenBy(error => error.Place.Column),
    ];

    /// <summary>Notes what is wrong at a node.</summary>
    public void Add(Node at, string message, string remedy) => Add(at.Place, Shown.Of(at), message, remedy);

    /// <summary>Notes what is wrong at a place.</summary>
    public void Add(Place place, string value, string message, string remedy) =>
        _errors.Add(new(place, value, Shown.Line(message), Shown.Line(remedy)));
}
