namespace CanhLu.Duty;

/// <summary>Our closed sets as the tables write them: <c>threshold</c>, <c>allclear</c>, <c>waiting</c>.</summary>
static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
