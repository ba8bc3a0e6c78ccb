namespace CanhLu.GatewaySim.Zalo;

/// <summary>Zalo's refresh of tokens: a refresh token works once, and gives a new pair.</summary>
sealed class ZaloOAuth(GatewaySimOptions options, ZaloTokens tokens)
{
    /// <summary><c>POST /v4/oa/access_token</c></summary>
    public async Task Refresh(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await Refuse(context, -14002, "Invalid request", "The body is no form");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (options.ZaloAppSecret is { } secret && context.Request.Headers["secret_key"] != secret)
        {
            await Refuse(context, -14004, "Invalid secret key", "The header secret_key is wrong");
        }
        else if (form["grant_type"] != "refresh_token")
        {
            await Refuse(context, -14002, "Invalid grant type", "Only refresh_token is served here");
        }
        else if (tokens.Exchange(form["refresh_token"].ToString()) is { } pair)
        {
            await Json.Answer(context, new { access_token = pair.Access, refresh_token = pair.Refresh, expires_in = "90000" });
        }
        else
        {
            await Refuse(context, -14014, "Invalid refresh token", "The refresh token is unknown, or was used before");
        }
    }

    static Task Refuse(HttpContext context, int error, string name, string description) =>
        Json.Answer(context, new { error_name = name, error_reason = name, error, error_description = description });
}
