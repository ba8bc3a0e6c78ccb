using NodaTime;

namespace CanhLu.Tests.Rules.Forecasting;

/// <summary>A tidal river by chance, with a flood on top of it or without: what the water does, and what a gauge says of it.</summary>
/// <remarks>
/// It shares nothing with what it tests, and knows more than that: thirteen harmonics of the tide (the fit looks for eight in a record of this length), a
/// wander of the mean water by wind and the river's own flow (a first-order random process of 4 cm, time constant 18 hours), a gauge with 2 to 15 mm
/// of noise that skips one reading in fifty. Floods rise at 4 to 15 cm/h at their steepest. One in two begins by a ramp of half an hour to six hours,
/// keeps its rate but for bursts of rain (a quarter up and down in three to ten hours), and crests; the others are a half cosine from low water to
/// crest. The flood adds to the tide; with <c>damping</c> it quenches the tide, too, as deep water in a river mouth does.
/// </remarks>
sealed class TidalFlood
{
    public static readonly Duration Every = Duration.FromMinutes(10);

    // Amplitudes of a mixed tide as on the coast of Quảng Nam, relative; speeds in degrees an hour.
    static readonly (double Speed, double Share)[] _harmonics =
    [
        (28.9841042, 17), (30.0, 6), (28.4397295, 4), (30.0821373, 1.6), (15.0410686, 19), (13.9430356, 14), (14.9589314, 6), (13.3986609, 2.6),
        (27.9682084, 0.8), (28.5125831, 0.8), (15.5854433, 1), (57.9682084, 1), (86.9523127, 0.4),
    ];

    readonly (double Speed, double Amplitude, double Phase)[] _tide;
    readonly double[] _wander;
    readonly double _damping;
    readonly bool _hasFlood;
    readonly bool _isCosine;
    readonly double _rate;
    readonly double _onset;
    readonly double _height;
    readonly double _bursts;
    readonly double _burstPhase;
    readonly Random _noise;
    readonly double _noiseDeviation;

    public TidalFlood(int seed, int days, bool hasFlood, double damping = 0)
    {
        var random = new Random(seed);
        Days = days;
        _hasFlood = hasFlood;
        _damping = damping;
        _tide = [.. _harmonics.Select(one => (one.Speed, one.Share * (0.7 + 0.6 * random.NextDouble()), random.NextDouble() * 2 * Math.PI))];
        var hours = Enumerable.Range(0, 60 * 24 * 4).Select(quarter => TideAt(quarter / 4.0)).ToArray();
        var scale = 1200 / (hours.Max() - hours.Min());
        _tide = [.. _tide.Select(one => (one.Speed, one.Amplitude * scale, one.Phase))];
        Mean = 450 + random.Next(150);
        _wander = Wander(random, days * 144 + 288, 40, 18 * 6);
        BeginsAt = (days - 2) * 24 - 24 * random.NextDouble();
        _isCosine = seed % 2 == 1;
        _rate = 40 + 110 * random.NextDouble();
        _onset = 0.5 + 5.5 * random.NextDouble();
        _height = 1300 + 900 * random.NextDouble();
        _bursts = 3 + 7 * random.NextDouble();
        _burstPhase = random.NextDouble() * 2 * Math.PI;
        _noiseDeviation = 2 + 13 * random.NextDouble();
        _noise = new Random(seed + 1_000_000);
    }

    public int Days { get; }

    public double Mean { get; }

    /// <summary>When the flood begins, hours from the start.</summary>
    public double BeginsAt { get; }

    /// <summary>What the gauge says: minutes from the start, and millimetres.</summary>
    public IEnumerable<(double Minute, int Stage)> Readings()
    {
        for (var i = 0; i < Days * 144; i++)
            if (_noise.Next(50) > 0)
                yield return (10 * i, (int)Math.Round(WaterAt(i / 6.0) + _noiseDeviation * Deviate(_noise)));
    }

    /// <summary>When the water itself first stands at a height in the flood, hours from the start; null when it does not.</summary>
    public double? Reaches(double millimetres)
    {
        for (var minute = (int)(60 * BeginsAt); minute < Days * 1440; minute++)
            if (WaterAt(minute / 60.0) >= millimetres)
                return minute / 60.0;
        return null;
    }

    double WaterAt(double hour)
    {
        var flood = _hasFlood ? FloodAt(hour - BeginsAt) : 0;
        var place = hour * 6;
        var before = (int)place;
        var wander = _wander[before] + (place - before) * (_wander[before + 1] - _wander[before]);
        return Mean + wander + flood + TideAt(hour) * (1 - _damping * Math.Min(1, flood / 1000));
    }

    double TideAt(double hour)
    {
        var sum = 0.0;
        foreach (var (speed, amplitude, phase) in _tide)
            sum += amplitude * Math.Cos(speed * Math.PI / 180 * hour + phase);
        return sum;
    }

    double FloodAt(double since)
    {
        if (since <= 0)
            return 0;
        // A half cosine is steepest in its middle, at π/2 times its mean.
        if (_isCosine)
            return _height * (1 - Math.Cos(Math.PI * Math.Min(1, since / (_height / _rate * Math.PI / 2)))) / 2;
        var ramp = since < _onset ? since / 2 - _onset / (2 * Math.PI) * Math.Sin(Math.PI * since / _onset) : since - _onset / 2;
        var burst = _bursts / (2 * Math.PI) * 0.25 * (Math.Sin(2 * Math.PI * since / _bursts + _burstPhase) - Math.Sin(_burstPhase));
        var rise = _rate * Math.Max(0, ramp + burst * Math.Min(1, since / _onset));
        // It goes straight to three quarters of its height, and bends to the crest.
        var straight = 0.75 * _height;
        return rise < straight ? rise : straight + (_height - straight) * (1 - Math.Exp(-(rise - straight) / (_height - straight)));
    }

    static double[] Wander(Random random, int count, double deviation, double stepsOfMemory)
    {
        var keep = Math.Exp(-1 / stepsOfMemory);
        var values = new double[count];
        values[0] = deviation * Deviate(random);
        for (var i = 1; i < count; i++)
            values[i] = keep * values[i - 1] + deviation * Math.Sqrt(1 - keep * keep) * Deviate(random);
        return values;
    }

    // Box and Muller.
    static double Deviate(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
