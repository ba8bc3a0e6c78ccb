using System.Security.Cryptography;
using System.Text;

namespace CanhLu.GatewaySim.Zalo;

/// <summary>The header <c>X-ZEvent-Signature</c> of Zalo's webhooks.</summary>
public static class ZaloSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-ZEvent-Signature";

    /// <summary><c>mac=</c> and the hexadecimal SHA-256 of the app's id, the raw body, the body's timestamp and the secret of the official account.</summary>
    public static string Of(string appId, string body, string timestamp, string oaSecret) =>
        "mac=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appId + body + timestamp + oaSecret)));
}
