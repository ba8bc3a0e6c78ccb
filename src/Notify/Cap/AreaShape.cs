using System.Collections.Immutable;
using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Precision;
using NetTopologySuite.Simplify;

namespace CanhLu.Notify.Cap;

/// <summary>The boundary of an area as polygons of the Common Alerting Protocol: <c>lat,lon lat,lon …</c>, closed, valid, and of few points.</summary>
public static class AreaShape
{
    /// <summary>The most positions that a polygon has. Receivers on telephones and in radios cut off longer ones.</summary>
    public const int MostPoints = 100;

    /// <summary>About 3 m at the equator; the first and least coarseness that is tried.</summary>
    const double FinestDegrees = 0.00003;

    /// <summary>By this factor coarser at every step, up to a tenth of a degree.</summary>
    const double Coarser = 1.1;

    const double CoarsestDegrees = 0.1;

    /// <summary>Five decimals of a degree: about a metre.</summary>
    static readonly PrecisionModel Metre = new(100_000);

    static readonly GeometryFactory Shapes = new();

    /// <summary>What is wrong with a boundary, in words that follow its name; null when nothing is.</summary>
    public static string? Trouble(Outline outline)
    {
        foreach (var part in outline.Parts)
        {
            if (part.Length < 4 || part[0] != part[^1])
                return "is not closed, or has less than four positions";
            if (part.Any(at => !(Math.Abs(at.Latitude) <= 90 && Math.Abs(at.Longitude) <= 180)))
                return "has a position that is not on the earth";
            if (!Ward(part).IsValid)
                return "crosses or touches itself";
        }
        return null;
    }

    /// <summary>The polygons of a boundary, one for each of its parts: as fine as <see cref="MostPoints"/> allows, their topology kept.</summary>
    public static ImmutableArray<string> Polygons(Outline outline) => [.. outline.Parts.Select(part => Text(Simplified(Ward(part))))];

    static Polygon Ward(ImmutableArray<Position> ring) => Shapes.CreatePolygon([.. ring.Select(at => new Coordinate(at.Longitude, at.Latitude))]);

    static Polygon Simplified(Polygon ward)
    {
        if (Fitting(ward) is { } whole)
            return whole;
        for (var tolerance = FinestDegrees; tolerance < CoarsestDegrees; tolerance *= Coarser)
            if (Fitting(TopologyPreservingSimplifier.Simplify(ward, tolerance)) is { } found)
                return found;
        // A shape so odd that no coarseness helps: a little too much of the earth is better than nobody.
        return Fitting(ward.ConvexHull()) ?? (Polygon)Shapes.ToGeometry(ward.EnvelopeInternal);
    }

    /// <summary>The shape in whole metres, when it is then one valid polygon of few points.</summary>
    static Polygon? Fitting(Geometry shape) =>
        shape.NumPoints <= MostPoints && GeometryPrecisionReducer.Reduce(shape, Metre) is Polygon { IsEmpty: false, IsValid: true } reduced
            && reduced.ExteriorRing.NumPoints <= MostPoints ? reduced : null;

    static string Text(Polygon polygon) => string.Join(
        ' ', polygon.ExteriorRing.Coordinates.Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.Y:0.00000},{at.X:0.00000}")));
}
