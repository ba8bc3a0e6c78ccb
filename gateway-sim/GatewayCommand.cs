using System.CommandLine;
using CanhLu.GatewaySim.Misbehaving;
using NodaTime;

namespace CanhLu.GatewaySim;

/// <summary>The command line of <c>gateway-sim</c>.</summary>
static class GatewayCommand
{
    public static RootCommand Create(IClock clock, TimeProvider time)
    {
        var urls = new Option<string>("--urls") { Description = "where to listen; port 0 for any", DefaultValueFactory = _ => "http://127.0.0.1:8090" };
        var noZalo = new Option<double>("--no-zalo") { Description = "share of telephones without Zalo, by their last digit", DefaultValueFactory = _ => 0.3 };
        var delay = new Option<int>("--receipt-ms") { Description = "from acceptance to receipt", DefaultValueFactory = _ => 300 };
        var undelivered = new Option<double>("--undelivered") { Description = "share of SMS that never arrive" };
        var repeats = new Option<bool>("--refuse-repeats") { Description = "refuse the same SMS to the same telephone within 5 minutes" };
        var esmsRate = new Option<int>("--esms-per-second") { Description = "SMS taken a second; 0 for any number" };
        var zaloRate = new Option<int>("--zalo-per-second") { Description = "Zalo messages taken a second; 0 for any number" };
        var quota = new Option<int>("--zalo-quota") { Description = "Zalo messages taken a day", DefaultValueFactory = _ => 1_000_000 };
        var webhook = new Option<string?>("--zalo-webhook") { Description = "where Zalo's events go" };
        var oaSecret = new Option<string>("--zalo-oa-secret") { Description = "signs Zalo's events", DefaultValueFactory = _ => "oa-secret" };
        var misbehave = new Option<string[]>("--misbehave") { Description = "CARRIER:MODE[:count=N][:probability=P][:duration=S][:delay_ms=MS][:code=C]" };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var command = new RootCommand("Pretends to be the carriers eSMS and Zalo, with a page of handsets.")
        {
            urls, noZalo, delay, undelivered, repeats, esmsRate, zaloRate, quota, webhook, oaSecret, misbehave, seed,
        };
        command.SetAction(async (parsed, token) =>
        {
            try
            {
                var options = new GatewaySimOptions
                {
                    Url = parsed.GetRequiredValue(urls),
                    NoZalo = parsed.GetValue(noZalo),
                    ReceiptDelay = TimeSpan.FromMilliseconds(parsed.GetValue(delay)),
                    Undelivered = parsed.GetValue(undelivered),
                    RefuseRepeats = parsed.GetValue(repeats),
                    EsmsPerSecond = parsed.GetValue(esmsRate),
                    ZaloPerSecond = parsed.GetValue(zaloRate),
                    ZaloDailyQuota = parsed.GetValue(quota),
                    ZaloWebhook = parsed.GetValue(webhook) is { } target ? new Uri(target) : null,
                    ZaloOaSecret = parsed.GetRequiredValue(oaSecret),
                    Misbehaviours = [.. (parsed.GetValue(misbehave) ?? []).Select(MisbehaviourText.Read)],
                    Seed = parsed.GetValue(seed),
                };
                await using var sim = await PretendCarriers.Start(options, clock, time, token);
                await Console.Out.WriteLineAsync($"eSMS and Zalo at {sim.Address}, handsets at the same address");
                await Task.Delay(Timeout.InfiniteTimeSpan, time, token).ContinueWith(_ => { }, TaskScheduler.Default);
                return 0;
            }
            catch (Exception wrong) when (wrong is FormatException or IOException)
            {
                await Console.Error.WriteLineAsync(wrong.Message);
                return 2;
            }
        });
        return command;
    }
}
