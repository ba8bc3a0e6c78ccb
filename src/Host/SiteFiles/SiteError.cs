namespace CanhLu.Host.SiteFiles;

/// <summary>A place in one of the site's files.</summary>
/// <param name="File">The file's name inside the site's folder, <c>rules.yaml</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
readonly record struct Place(string File, int Line, int Column);

/// <summary>One thing that is wrong in a site.</summary>
/// <param name="Place">Where.</param>
/// <param name="Value">What is written there, shortened; empty when the trouble is that nothing is. Never a secret.</param>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Remedy">What would be right.</param>
sealed record SiteError(Place Place, string Value, string Message, string Remedy);
