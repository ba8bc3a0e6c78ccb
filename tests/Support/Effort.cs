using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>How much a law is tried: little while one works, more with <c>CI=true</c>, as every submission is, and much with <c>CANHLU_LONG=1</c>.</summary>
static class Effort
{
    /// <summary>Whether the long forms were asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CANHLU_LONG") == "1";

    /// <summary>Whether everything is tried, if not at length.</summary>
    public static bool IsWhole { get; } = IsLong || Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>One of two amounts.</summary>
    public static int Of(int little, int much) => IsLong ? much : little;

    /// <summary>One of three amounts.</summary>
    public static int Of(int little, int more, int much) => IsLong ? much : IsWhole ? more : little;

    /// <summary>Skips the test where one works: it takes too long.</summary>
    /// <param name="takes">How long.</param>
    public static void Whole(string takes) => Assert.SkipUnless(IsWhole, $"{takes}: set CI=true or CANHLU_LONG=1.");
}
