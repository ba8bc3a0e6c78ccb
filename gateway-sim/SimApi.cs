using System.Globalization;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.GatewaySim;

/// <summary>What people and tests ask the simulator itself: the handsets, the counts, and to go wrong.</summary>
sealed class SimApi(PretendCarriers sim, Rack rack, Mood mood, Func<string, bool> hasZalo, Func<Counters> counters, IClock clock)
{
    const int MostHandsets = 500;
    const int LastLetters = 20;
    const int MostLetters = 1_000;

    static readonly Offset VietNam = Offset.FromHours(7);

    /// <summary><c>GET /sim/handsets?since=&amp;limit=&amp;last=&amp;phone=</c>: 204 when nothing changed since that version.</summary>
    public Task Handsets(HttpContext context)
    {
        if (context.Request.Query["since"].ToString() is { Length: > 0 } since && since == rack.Version.ToString(CultureInfo.InvariantCulture))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var phone = context.Request.Query["phone"].ToString();
        var (version, total, handsets) = rack.Look(
            phone.Length > 0 ? phone.TrimStart('0') : null, Number(context, "limit", MostHandsets), Number(context, "last", LastLetters));
        return Json.Answer(context, new
        {
            version,
            total,
            now = Text(clock.GetCurrentInstant()),
            handsets = handsets.Select(handset => new
            {
                phone = PhoneNumber.National(handset.Phone),
                zalo = hasZalo(handset.Phone),
                count = handset.Count,
                messages = handset.Last.Select(View),
            }),
        });
    }

    /// <summary><c>GET /sim/messages?limit=</c>: the last letters of all handsets.</summary>
    public Task Messages(HttpContext context) => Json.Answer(context, rack.Last(Number(context, "limit", MostLetters)).Select(View));

    /// <summary><c>GET /sim/stats</c></summary>
    public Task Stats(HttpContext context)
    {
        var stats = sim.Stats;
        return Json.Answer(context, new
        {
            accepted = stats.Total.Accepted,
            delivered = stats.Total.Delivered,
            failed = stats.Total.Failed,
            duplicates = stats.Total.Duplicates,
            esms = View(stats.Esms, counters().Esms),
            zalo = View(stats.Zalo, counters().Zalo),
        });
    }

    /// <summary><c>DELETE /sim</c></summary>
    public Task Clear(HttpContext context)
    {
        sim.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary><c>POST /sim/misbehave</c></summary>
    public async Task Misbehave(HttpContext context)
    {
        try
        {
            sim.Misbehave(MisbehaviourText.Read(await Json.Body(context) ?? default));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (FormatException wrong)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Json.Answer(context, new { error = wrong.Message });
        }
    }

    /// <summary><c>GET /sim/misbehave</c></summary>
    public Task Misbehaviours(HttpContext context) => Json.Answer(context, mood.Orders().Select(entry => new
    {
        carrier = entry.Order.Carrier,
        mode = MisbehaviourText.NameOf(entry.Order.Mode),
        count = entry.Order.Count,
        probability = entry.Order.Probability,
        duration = entry.Order.Duration?.TotalSeconds,
        struck = entry.Struck,
    }));

    /// <summary><c>DELETE /sim/misbehave</c></summary>
    public Task Behave(HttpContext context)
    {
        mood.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static object View(Letter letter) => new
    {
        id = letter.Id,
        carrier = letter.Carrier,
        phone = PhoneNumber.National(letter.Phone),
        text = letter.Text,
        key = letter.Key,
        state = letter.State switch
        {
            LetterState.Accepted => "accepted",
            LetterState.Delivered => "delivered",
            _ => "failed",
        },
        accepted_at = Text(letter.AcceptedAt),
        settled_at = letter.SettledAt is { } at ? Text(at) : null,
    };

    static object View(CarrierStats stats, CarrierTally tally) => new
    {
        requests = stats.Requests,
        accepted = stats.Accepted,
        refused = stats.Refused,
        repeats = stats.Repeats,
        duplicates = stats.Duplicates,
        delivered = stats.Delivered,
        failed = stats.Failed,
        receipts = stats.Receipts,
        receipts_lost = stats.ReceiptsLost,
        codes = tally.Codes.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
    };

    static string Text(Instant at) => OffsetDateTimePattern.ExtendedIso.Format(at.WithOffset(VietNam));

    static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
