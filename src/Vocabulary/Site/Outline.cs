using System.Collections.Immutable;
using System.Globalization;

namespace CanhLu;

/// <summary>The boundary of an area: one closed ring for each of its parts. Holes are left out, so that nobody inside one is forgotten.</summary>
public sealed class Outline
{
    /// <param name="parts">The rings; the first and the last position of each are the same.</param>
    public Outline(ImmutableArray<ImmutableArray<Position>> parts)
    {
        Parts = parts;
        var (points, mark) = (0, 14695981039346656037UL);
        foreach (var position in parts.SelectMany(part => part))
        {
            points++;
            // FNV-1a over the bits: the same in every run, as what is compared with the site of another run must be.
            mark = unchecked((mark ^ BitConverter.DoubleToUInt64Bits(position.Latitude)) * 1099511628211UL);
            mark = unchecked((mark ^ BitConverter.DoubleToUInt64Bits(position.Longitude)) * 1099511628211UL);
        }
        Shape = string.Create(CultureInfo.InvariantCulture, $"{points} points in {parts.Length} parts, {mark:x16}");
    }

    /// <summary>The rings, each closed.</summary>
    public ImmutableArray<ImmutableArray<Position>> Parts { get; }

    /// <summary>What two outlines are told apart by: the number of points and parts, and a mark made of every position.</summary>
    public string Shape { get; private init; }
}
