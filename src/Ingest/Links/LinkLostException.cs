namespace CanhLu.Ingest.Links;

/// <summary>A link did not come about, or did not hold.</summary>
/// <param name="reason">Why, in words for the operator.</param>
/// <param name="inner">What the library said.</param>
sealed class LinkLostException(string reason, Exception? inner = null) : Exception(reason, inner);
