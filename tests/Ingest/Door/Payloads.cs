using System.Globalization;

namespace CanhLu.Tests.Ingest.Doors;

static class Payloads
{
    public const string Up = "canhlu/v1/tk-01/up";
    public const string Foreign = "canhlu/v1/tk-02/up";
    public const string Status = "canhlu/v1/tk-01/status";
    public const string Cmd = "canhlu/v1/tk-01/cmd";

    public const string Level = """{"t":"2025-10-29T21:00:00+07:00","stage_m":2.68}""";

    /// <summary>A reading of its own minute, whose stage is its number in millimetres.</summary>
    public static string Numbered(int number) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"t":{{1_761_746_400_000L + number * 1000L}},"stage_m":{{number / 1000m}}}""");
}
