using NodaTime;

namespace CanhLu.Duty;

/// <summary>A notice that a person enters.</summary>
/// <param name="Source">The reservoir's id in the site.</param>
/// <param name="QMin">The least discharge, m³/s, from 0.</param>
/// <param name="QMax">The greatest discharge, m³/s, at least <paramref name="QMin"/>; 0: the gates are closed, and the notice in force is over.</param>
/// <param name="StartsAt">When the gates open.</param>
/// <param name="EndsAt">When it ends by itself, after <paramref name="StartsAt"/>; null: valid until replaced.</param>
/// <param name="Document">The document's number or text; null for none.</param>
/// <param name="Who">The person.</param>
/// <param name="Replaces">The notice that the person means to replace; null for whichever is in force.</param>
public sealed record ReleaseEntry(
    string Source, int QMin, int QMax, Instant StartsAt, Instant? EndsAt, string? Document, string Who, long? Replaces);
