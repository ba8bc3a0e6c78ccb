using System.Globalization;
using System.Text.Json;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.GatewaySim.Receipts;
using NodaTime;

namespace CanhLu.GatewaySim.Zalo;

/// <summary>Zalo's template message to a telephone number, as its documents have it: numbers as strings, always HTTP 200, <c>error</c> decides.</summary>
sealed class ZaloEndpoint(
    GatewaySimOptions options, Rack rack, Func<CarrierTally> tally, Troubles troubles, SecondGate gate, ZaloTokens tokens, ReceiptDesk desk, IClock clock)
{
    static readonly Offset VietNam = Offset.FromHours(7);

    static readonly Dictionary<string, string> Messages = new()
    {
        ["-32"] = "API rate limit exceeded",
        ["-108"] = "Phone number is invalid",
        ["-109"] = "Template ID is invalid",
        ["-111"] = "Template data is empty",
        ["-112"] = "Template data is invalid",
        ["-115"] = "Out of quota",
        ["-118"] = "Zalo account not existed",
        ["-124"] = "Access token invalid",
        ["-144"] = "OA exceeded its daily quota",
    };

    readonly Lock _lock = new();

    // Guarded by _lock.
    LocalDate _day;
    int _used;

    /// <summary><c>POST /message/template</c></summary>
    public async Task Send(HttpContext context)
    {
        tally().Asked();
        var (over, code) = await troubles.Before(context, Carriers.Zalo, tps: "-32", quota: "-144");
        if (over)
        {
            return;
        }

        var body = await Json.Body(context);
        code ??= !gate.Passes() ? "-32"
            : !tokens.Accepts(context.Request.Headers["access_token"].ToString()) ? "-124"
            : body is { } sent ? Refusal(sent)
            : "-112";
        if (code is not null)
        {
            await Refuse(context, code);
            return;
        }

        await Take(context, body!.Value);
    }

    /// <summary><c>GET /message/status</c></summary>
    public Task Status(HttpContext context)
    {
        if (!tokens.Accepts(context.Request.Headers["access_token"].ToString()))
        {
            return Json.Answer(context, new { error = -124, message = Messages["-124"] });
        }

        var letter = rack.Find(context.Request.Query["message_id"].ToString()) is { Carrier: Carriers.Zalo } found ? found : null;
        return Json.Answer(context, new
        {
            error = 0,
            message = "Success",
            data = new
            {
                delivery_time = letter?.SettledAt is { } at ? Milliseconds(at) : "",
                status = letter is null ? -1 : letter.State == LetterState.Delivered ? 1 : 0,
                message = letter is null ? "The message is not found"
                    : letter.State == LetterState.Delivered ? "The message was delivered to the user's phone"
                    : "The message is on Zalo's server",
            },
        });
    }

    /// <summary><c>GET /message/quota</c></summary>
    public Task Quota(HttpContext context)
    {
        if (!tokens.Accepts(context.Request.Headers["access_token"].ToString()))
        {
            return Json.Answer(context, new { error = -124, message = Messages["-124"] });
        }

        int left;
        lock (_lock)
        {
            left = options.ZaloDailyQuota - (clock.GetCurrentInstant().WithOffset(VietNam).Date == _day ? _used : 0);
        }

        return Json.Answer(context, new
        {
            error = 0,
            message = "Success",
            data = new { dailyQuota = Number(options.ZaloDailyQuota), remainingQuota = Number(left) },
        });
    }

    async Task Take(HttpContext context, JsonElement body)
    {
        if (Reserve() is not { } remaining)
        {
            await Refuse(context, "-144");
            return;
        }

        var letter = new Letter(
            Guid.NewGuid().ToString("N")[..20], Carriers.Zalo, PhoneNumber.Normalize(body.Text("phone"))!,
            ZaloText.Of(options.ZaloTemplates, body.Text("template_id"), body.GetProperty("template_data")), body.Text("tracking_id"),
            clock.GetCurrentInstant(), CallbackUrl: null);
        var acceptance = rack.Accept(letter, options.ZaloBlocksRepeats, blockTexts: false);
        tally().Counted(acceptance);
        if (acceptance != Acceptance.KnownKey)
        {
            desk.Expect(letter);
        }

        if (!troubles.LosesAnswer(context, Carriers.Zalo))
        {
            tally().Answered("0");
            await Json.Answer(context, new
            {
                error = 0,
                message = "Success",
                data = new
                {
                    msg_id = letter.Id,
                    sent_time = Milliseconds(letter.AcceptedAt),
                    quota = new { dailyQuota = Number(options.ZaloDailyQuota), remainingQuota = Number(remaining) },
                },
            });
        }
    }

    string? Refusal(JsonElement body) =>
        body.Text("phone") is var phone && (PhoneNumber.Normalize(phone) is not { } normal || phone.StartsWith('+')) ? "-108"
        : body.Text("template_id").Length == 0 ? "-109"
        : !body.TryGetProperty("template_data", out var slots) || slots.ValueKind != JsonValueKind.Object || !slots.EnumerateObject().Any() ? "-111"
        : !HasZalo(normal) ? "-118"
        : null;

    /// <summary>Whether a telephone has Zalo: a matter of its last digit.</summary>
    public bool HasZalo(string phone) => phone[^1] - '0' >= (int)Math.Round(options.NoZalo * 10);

    int? Reserve()
    {
        lock (_lock)
        {
            var today = clock.GetCurrentInstant().WithOffset(VietNam).Date;
            (_day, _used) = today == _day ? (_day, _used) : (today, 0);
            return _used == options.ZaloDailyQuota ? null : options.ZaloDailyQuota - ++_used;
        }
    }

    Task Refuse(HttpContext context, string code)
    {
        tally().Refused(code);
        return Json.Answer(context, new { error = int.Parse(code, CultureInfo.InvariantCulture), message = Messages.GetValueOrDefault(code, "Error") });
    }

    static string Milliseconds(Instant at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
