using System.Globalization;

namespace CanhLu.Notify;

/// <summary>The keys of deliveries: <c>{installation}-{bulletin}-{recipient}-{carrier's letter}</c>, at most 50 characters, and never two alike in one city.</summary>
static class Keys
{
    public static string Of(string installation, long bulletin, long recipient, char carrier) =>
        string.Create(CultureInfo.InvariantCulture, $"{installation}-{bulletin}-{recipient}-{carrier}");
}
