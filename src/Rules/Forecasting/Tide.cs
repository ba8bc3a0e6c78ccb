using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>The predictable tide of a station: a sum of harmonics about zero. It never changes; another fit is another tide.</summary>
public sealed class Tide
{
    readonly long _reference;
    readonly double[] _cosines;
    readonly double[] _sines;

    /// <summary>A tide of the first constituents of <see cref="Constituent.All"/>.</summary>
    /// <param name="reference">The instant from which phases count, ticks.</param>
    /// <param name="cosines">The part of each constituent in phase at that instant, mm.</param>
    /// <param name="sines">The part a quarter turn behind, mm.</param>
    internal Tide(long reference, double[] cosines, double[] sines)
    {
        _reference = reference;
        _cosines = cosines;
        _sines = sines;
        for (var k = 0; k < cosines.Length; k++)
            Highest += Amplitude(k);
    }

    /// <summary>No high water of it is above this, mm.</summary>
    public double Highest { get; }

    /// <summary>How many constituents it has.</summary>
    public int Count => _cosines.Length;

    /// <summary>Half the range of one constituent, mm.</summary>
    public double Amplitude(int k) => Math.Sqrt(_cosines[k] * _cosines[k] + _sines[k] * _sines[k]);

    /// <summary>What the tide adds to the stage at an instant, mm.</summary>
    public double At(Instant at) => At(Ticks.Of(at));

    /// <summary>The same, by ticks since 1970.</summary>
    internal double At(long ticks)
    {
        var hours = (ticks - _reference) / (double)NodaConstants.TicksPerHour;
        var sum = 0.0;
        for (var k = 0; k < _cosines.Length; k++)
        {
            var (sin, cos) = Math.SinCos(Constituent.All[k].Speed * hours);
            sum += _cosines[k] * cos + _sines[k] * sin;
        }
        return sum;
    }

    /// <summary>What it adds at an instant and every step after it, mm.</summary>
    internal void Ahead(long from, long step, Span<double> millimetres)
    {
        millimetres.Clear();
        var hours = (from - _reference) / (double)NodaConstants.TicksPerHour;
        for (var k = 0; k < _cosines.Length; k++)
        {
            var speed = Constituent.All[k].Speed;
            var (sin, cos) = Math.SinCos(speed * hours);
            var (turnSin, turnCos) = Math.SinCos(speed * (step / (double)NodaConstants.TicksPerHour));
            for (var i = 0; i < millimetres.Length; i++)
            {
                millimetres[i] += _cosines[k] * cos + _sines[k] * sin;
                (cos, sin) = (cos * turnCos - sin * turnSin, sin * turnCos + cos * turnSin);
            }
        }
    }
}
