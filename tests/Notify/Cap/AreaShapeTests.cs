using System.Collections.Immutable;
using CanhLu.Notify.Cap;
using FsCheck.Xunit;
using NetTopologySuite.Geometries;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

public sealed class AreaShapeTests
{
    public static TheoryData<string> Codes => [.. Press.TamKy.Outlines.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_area_of_the_city_has_its_outline() =>
        Assert.Equal(Press.TamKy.Areas.Keys.Order(StringComparer.Ordinal), Press.TamKy.Outlines.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_simplified_ward_covers_nearly_all_of_the_ward_and_little_else(string code)
    {
        var outline = Press.TamKy.Outlines[code];
        var text = Assert.Single(AreaShape.Polygons(outline));
        var (whole, simple) = (Shape(Assert.Single(outline.Parts)), Press.Read(text));
        Assert.True(simple.IsValid);
        Assert.InRange(simple.NumPoints, 4, AreaShape.MostPoints);
        Assert.True(simple.Intersection(whole).Area >= 0.99 * whole.Area, $"covers {simple.Intersection(whole).Area / whole.Area:P2}");
        Assert.True(simple.Difference(whole).Area <= 0.01 * whole.Area);
    }

    [Property(MaxTest = 30)]
    public void Any_coast_becomes_a_valid_polygon_of_few_points_that_covers_most_of_it(int seed)
    {
        var random = new Random(seed);
        var points = random.Next(3, 800);
        var (jag, radius) = (random.NextDouble() * 0.5, 0.005 + random.NextDouble() * 0.05);
        var ring = Enumerable.Range(0, points).Select(i => 2 * Math.PI * i / points)
            .Select(angle => (angle, Far: radius * (1 - jag * random.NextDouble())))
            .Select(one => new Position(15.57 + one.Far * Math.Sin(one.angle), 108.48 + one.Far * Math.Cos(one.angle))).ToList();
        ring.Add(ring[0]);
        var outline = new Outline([[.. ring]]);
        if (AreaShape.Trouble(outline) is not null)
            return;
        var (whole, simple) = (Shape(outline.Parts[0]), Press.Read(Assert.Single(AreaShape.Polygons(outline))));
        Assert.True(simple.IsValid);
        Assert.InRange(simple.NumPoints, 4, AreaShape.MostPoints);
        Assert.True(simple.Intersection(whole).Area >= 0.6 * whole.Area, $"covers {simple.Intersection(whole).Area / whole.Area:P2} with {points} points, {jag} jagged");
    }

    [Fact]
    public void A_boundary_that_is_none_is_told_apart()
    {
        Assert.NotNull(AreaShape.Trouble(Square((0, 0), (0, 1), (1, 1))));
        Assert.NotNull(AreaShape.Trouble(Square((0, 0), (0, 1), (1, 1), (1, 0))));
        Assert.NotNull(AreaShape.Trouble(Square((0, 0), (1, 1), (0, 1), (1, 0), (0, 0))));
        Assert.NotNull(AreaShape.Trouble(Square((0, 0), (0, 200), (1, 1), (1, 0), (0, 0))));
        Assert.Null(AreaShape.Trouble(Square((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))));
    }

    static Outline Square(params (double Latitude, double Longitude)[] ring) => new([[.. ring.Select(at => new Position(at.Latitude, at.Longitude))]]);

    static Polygon Shape(ImmutableArray<Position> ring) =>
        new GeometryFactory().CreatePolygon([.. ring.Select(at => new Coordinate(at.Longitude, at.Latitude))]);
}
