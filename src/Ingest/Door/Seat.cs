using System.Text;

namespace CanhLu.Ingest;

/// <summary>What one siren may do at the door, as bytes: hear its area's warnings and exercises, and say what it has heard.</summary>
sealed class Seat(string site, Siren siren)
{
    readonly byte[] _warnings = Encoding.UTF8.GetBytes(SirenTopics.Warnings(site, siren.Area));
    readonly byte[] _exercise = Encoding.UTF8.GetBytes(SirenTopics.Exercise(site, siren.Area));

    public byte[] Heard { get; } = Encoding.UTF8.GetBytes(SirenTopics.Heard(site, siren.Id));

    public bool MayHear(ReadOnlySpan<byte> filter) => filter.SequenceEqual(_warnings) || filter.SequenceEqual(_exercise);

    public bool IsSameAs(Seat? other) => other is not null && Heard.AsSpan().SequenceEqual(other.Heard) && _warnings.AsSpan().SequenceEqual(other._warnings);
}
