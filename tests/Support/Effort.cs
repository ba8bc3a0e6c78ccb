namespace CanhLu.Tests.Support;

/// <summary>How much a law is tried: little in every run, much with <c>CANHLU_LONG=1</c>.</summary>
static class Effort
{
    /// <summary>Whether the long forms were asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CANHLU_LONG") == "1";

    /// <summary>One of two amounts.</summary>
    public static int Of(int little, int much) => IsLong ? much : little;
}
