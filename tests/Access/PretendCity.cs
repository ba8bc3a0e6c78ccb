using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CanhLu.Tests.Access;

/// <summary>A city's sign-on by OpenID Connect Core 1.0 and PKCE (RFC 7636): it lets in whoever the test says.</summary>
sealed class PretendCity : IAsyncDisposable
{
    public const string Secret = "bí mật của thành phố";

    readonly RSA _rsa = RSA.Create(2048);
    readonly WebApplication _app;
    readonly Dictionary<string, (string Nonce, string Challenge, Dictionary<string, object> Claims)> _codes = [];

    PretendCity(Uri address)
    {
        Address = address;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = address.ToString(),
            authorization_endpoint = $"{address}authorize",
            token_endpoint = $"{address}token",
            jwks_uri = $"{address}keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        });
        var open = _rsa.ExportParameters(false);
        _app.MapGet("/keys", () => new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = Base64Url.EncodeToString(open.Modulus), e = Base64Url.EncodeToString(open.Exponent) } },
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["client_secret"] == Secret && _codes.Remove(form["code"].ToString(), out var given)
                && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == given.Challenge
                ? Results.Json(new { access_token = "x", token_type = "Bearer", id_token = Token(given.Nonce, given.Claims) })
                : Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        });
    }

    public Uri Address { get; }

    public static async Task<PretendCity> Start(int port)
    {
        var city = new PretendCity(new Uri($"http://127.0.0.1:{port}/"));
        await city._app.StartAsync();
        return city;
    }

    /// <summary>Lets somebody in whom the engine has sent; returns the code that the browser brings back.</summary>
    public string LetIn(string nonce, string challenge, Dictionary<string, object> claims)
    {
        var code = Guid.NewGuid().ToString("n");
        _codes[code] = (nonce, challenge, claims);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    string Token(string nonce, Dictionary<string, object> claims)
    {
        var now = RealTime.Provider.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = "canhlu",
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(claims) { ["nonce"] = nonce },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
    }
}
