namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>What goes wrong with a message before the carrier looks at it.</summary>
sealed class Troubles(Mood mood, TimeProvider time)
{
    static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    /// <summary>Lets a message's troubles happen.</summary>
    /// <param name="context">The request.</param>
    /// <param name="carrier">Whose.</param>
    /// <param name="tps">The code for too many a second.</param>
    /// <param name="quota">The code for a used-up quota.</param>
    /// <returns>Whether the request is over, and if not, the code to refuse it with; null to go on.</returns>
    public async Task<(bool Over, string? Code)> Before(HttpContext context, string carrier, string tps, string quota)
    {
        if (mood.Strikes(carrier, Mode.Slow) is { } slow)
        {
            await Task.Delay(slow.Delay ?? Late, time, context.RequestAborted);
        }

        if (mood.Strikes(carrier, Mode.Cut) is not null)
        {
            context.Abort();
            return (true, null);
        }

        if (mood.Strikes(carrier, Mode.Http500) is not null)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await Page(context, "Internal Server Error");
            return (true, null);
        }

        if (mood.Strikes(carrier, Mode.NotJson) is not null)
        {
            await Page(context, "Hệ thống đang bảo trì");
            return (true, null);
        }

        return (false,
            mood.Strikes(carrier, Mode.Tps) is not null ? tps
            : mood.Strikes(carrier, Mode.Quota) is not null ? quota
            : mood.Strikes(carrier, Mode.Code)?.Code);
    }

    /// <summary>The message was taken, but its answer is lost.</summary>
    public bool LosesAnswer(HttpContext context, string carrier)
    {
        if (mood.Strikes(carrier, Mode.LostAnswer) is null)
        {
            return false;
        }

        context.Abort();
        return true;
    }

    static Task Page(HttpContext context, string text)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<html><body><h1>{text}</h1></body></html>", context.RequestAborted);
    }
}
