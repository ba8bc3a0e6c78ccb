using System.Text.Json;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.GatewaySim.Receipts;
using NodaTime;

namespace CanhLu.GatewaySim.Esms;

/// <summary>eSMS's customer-care SMS, as its documents have it: codes as strings, always HTTP 200, a RequestId taken once in 24 hours.</summary>
sealed class EsmsEndpoint(
    GatewaySimOptions options, Rack rack, Func<CarrierTally> tally, Troubles troubles, SecondGate gate, ReceiptDesk desk, IClock clock)
{
    /// <summary>What a message costs, đồng.</summary>
    public const decimal Price = 850m;

    const int LongestRequestId = 50;

    static readonly Dictionary<string, string> Messages = new()
    {
        ["99"] = "Phone is blocked, or the same content was sent to it within 5 minutes",
        ["101"] = "Authorize Failed",
        ["103"] = "Balance not enough to send message",
        ["104"] = "Brand name code is not exist",
        ["108"] = "Phone number is not valid",
        ["118"] = "Sms type is not valid",
        ["124"] = "Request exist 1",
        ["146"] = "Sai template Brandname CSKH",
        ["160"] = "TPS exceeded",
    };

    long _taken;

    /// <summary><c>POST …/SendMultipleMessage_V4_post_json/</c></summary>
    public async Task Send(HttpContext context)
    {
        tally().Asked();
        var (over, code) = await troubles.Before(context, Carriers.Esms, tps: "160", quota: "103");
        if (over)
        {
            return;
        }

        if (await Json.Body(context) is not { } body)
        {
            tally().Refused("invalid");
            await Json.Answer(context, new { error = "Invalid request" });
            return;
        }

        code ??= gate.Passes() ? Refusal(body) : "160";
        if (code is not null)
        {
            await Refuse(context, code);
            return;
        }

        var callback = body.Text("CallbackUrl");
        var letter = new Letter(
            Guid.NewGuid().ToString("N"), Carriers.Esms, PhoneNumber.Normalize(body.Text("Phone"))!, body.Text("Content"), body.Text("RequestId"),
            clock.GetCurrentInstant(), callback.Length > 0 ? callback : null);
        await Take(context, letter, sandbox: body.Text("Sandbox") == "1");
    }

    /// <summary><c>GET …/GetSendStatus</c></summary>
    public Task Status(HttpContext context)
    {
        var id = context.Request.Query["RefId"].ToString();
        if (!Authorized(context.Request.Query["ApiKey"].ToString(), context.Request.Query["SecretKey"].ToString()))
        {
            return Json.Answer(context, new { CodeResponse = "101", SMSID = id });
        }

        if (rack.Find(id) is not { Carrier: Carriers.Esms } letter)
        {
            return Json.Answer(context, new { CodeResponse = "105", SMSID = id });
        }

        var done = letter.State != LetterState.Accepted;
        return Json.Answer(context, new
        {
            CodeResponse = "100",
            SMSID = id,
            SendFailed = letter.State == LetterState.Failed ? 1 : 0,
            SendStatus = done ? 5 : 7,
            SendSuccess = letter.State == LetterState.Delivered ? 1 : 0,
            TotalPrice = Price,
            TotalReceiver = 1,
            TotalSent = 1,
        });
    }

    /// <summary><c>POST …/GetBalance_json</c>: what was put in, less what was taken since.</summary>
    public async Task Balance(HttpContext context)
    {
        if (await Json.Body(context) is not { } body || !Authorized(body.Text("ApiKey"), body.Text("SecretKey")))
        {
            await Json.Answer(context, new { CodeResponse = "101", ErrorMessage = Messages["101"] });
            return;
        }

        var spent = Interlocked.Read(ref _taken) * Price;
        await Json.Answer(context, new { Balance = Math.Max(options.EsmsBalance - spent, 0), CodeResponse = "100", UserID = 1 });
    }

    async Task Take(HttpContext context, Letter letter, bool sandbox)
    {
        if (!sandbox)
        {
            var acceptance = rack.Accept(letter, blockKeys: true, options.RefuseRepeats);
            tally().Counted(acceptance);
            if (acceptance is Acceptance.KnownKey or Acceptance.KnownText)
            {
                await Refuse(context, acceptance is Acceptance.KnownKey ? "124" : "99");
                return;
            }

            Interlocked.Increment(ref _taken);
            desk.Expect(letter);
        }

        if (!troubles.LosesAnswer(context, Carriers.Esms))
        {
            tally().Answered("100");
            await Json.Answer(context, new { CodeResult = "100", CountRegenerate = 0, SMSID = letter.Id });
        }
    }

    string? Refusal(JsonElement body) =>
        !Authorized(body.Text("ApiKey"), body.Text("SecretKey")) ? "101"
        : body.Text("Brandname").Length == 0 ? "104"
        : body.Text("SmsType") != "2" ? "118"
        : PhoneNumber.Normalize(body.Text("Phone")) is null ? "108"
        : body.Text("RequestId").Length > LongestRequestId ? "99"
        : body.Text("Content") is var content && (content.Length == 0 || (body.Text("IsUnicode") is "" or "0" && !content.All(char.IsAscii))) ? "146"
        : null;

    bool Authorized(string apiKey, string secretKey) =>
        apiKey.Length > 0 && secretKey.Length > 0
        && (options.EsmsApiKey is null || options.EsmsApiKey == apiKey) && (options.EsmsSecretKey is null || options.EsmsSecretKey == secretKey);

    Task Refuse(HttpContext context, string code)
    {
        tally().Refused(code);
        return Json.Answer(context, new
        {
            CodeResult = code,
            CountRegenerate = 0,
            ErrorMessage = Messages.GetValueOrDefault(code, "Error"),
            SendStatus = code == "124" ? "5" : null,
        });
    }
}
