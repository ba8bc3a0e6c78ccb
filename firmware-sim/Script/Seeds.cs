namespace CanhLu.FirmwareSim.Script;

/// <summary>Chance that is the same in every run: one stream a device, drawn from one seed.</summary>
static class Seeds
{
    /// <summary>The random numbers of one device; FNV-1a, because <c>string.GetHashCode</c> differs from process to process.</summary>
    public static Random For(int seed, string device)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var c in device)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return new Random((int)hash);
    }

    /// <summary>A number of the normal distribution with mean 0 and deviation 1 (Box and Muller).</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
