namespace CanhLu;

/// <summary>The topics on which sirens hear and answer. Warnings and exercises never share one, so that whoever hears the first cannot hear the second.</summary>
public static class SirenTopics
{
    /// <summary>Where what stands for an area is retained.</summary>
    public static string Warnings(string site, string area) => $"canhlu/{site}/warnings/{area}";

    /// <summary>Where what an exercise says for an area is retained; nothing real ever is.</summary>
    public static string Exercise(string site, string area) => $"canhlu/{site}/drill/{area}";

    /// <summary>Where a siren says what it has heard; <c>+</c> for all sirens.</summary>
    public static string Heard(string site, string siren) => $"canhlu/{site}/heard/{siren}";
}
