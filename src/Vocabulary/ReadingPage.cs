using System.Buffers;
using NodaTime;

namespace CanhLu;

/// <summary>Readings of one commit, on their way from the Archive to the rules: all on disk, none of them a repeat.</summary>
/// <remarks>The array is rented: whoever has read the page returns it by <see cref="Dispose"/>, once.</remarks>
/// <param name="rented">An array from <see cref="ArrayPool{T}.Shared"/>.</param>
/// <param name="count">How many of its readings count.</param>
/// <param name="storedAt">When the commit was on disk, by our clock.</param>
public readonly struct ReadingPage(Reading[] rented, int count, Instant storedAt) : IDisposable
{
    /// <summary>When the commit was on disk, and its readings were acknowledged, by our clock.</summary>
    public Instant StoredAt => storedAt;

    /// <summary>The readings, in the order of their commit.</summary>
    public ReadOnlySpan<Reading> Readings => rented.AsSpan(0, count);

    /// <summary>Gives the array back.</summary>
    public void Dispose() => ArrayPool<Reading>.Shared.Return(rented);
}
