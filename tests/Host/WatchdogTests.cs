using System.Diagnostics;
using CanhLu.GatewaySim;
using CanhLu.Host.Demo;
using CanhLu.Tests.Archive.Influx;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>The real watchdog beside a pretend engine and pretend carriers.</summary>
public sealed class WatchdogTests
{
    [Fact]
    public async Task People_are_called_once_when_the_engine_is_silent_and_once_when_it_is_back()
    {
        await using var carriers = await PretendCarriers.Start(new GatewaySimOptions(), RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        var port = FreePorts.Take(1)[0];
        var engine = new Uri($"http://127.0.0.1:{port}/");
        var ready = await ScriptedServer.Start(_ => new(200, "ready"), engine);
        using var watchdog = Start(carriers, engine, "--phone", "0901000001", "--phone", "0901000002", "--silent-for", "2", "--every", "0.3");
        await Eventually.True(() => ready.AllAsked.Count > 3, "it looks");
        Assert.Empty(carriers.Letters());

        await ready.DisposeAsync();
        await Eventually.True(() => carriers.Letters().Count == 2, "both are called");
        Assert.All(carriers.Letters(), letter => Assert.Matches("^CANH LU: may chu 127.0.0.1 khong hoat dong tu [0-9:]{5} [0-9/]{5}: khong tra loi", letter.Text));

        await using var again = await ScriptedServer.Start(_ => new(200, "ready"), engine);
        await Eventually.True(() => carriers.Letters().Count == 4, "both are told that it is back");
        var looked = again.AllAsked.Count;
        await Eventually.True(() => again.AllAsked.Count > looked + 5, "it goes on looking");
        Assert.Equal(2, carriers.Letters().Count(letter => letter.Text.Contains("da hoat dong lai", StringComparison.Ordinal)));
        Assert.Equal(4, carriers.Letters().Count);
    }

    [Fact]
    public async Task An_engine_that_answers_and_keeps_nothing_is_silent_too_and_a_hiccup_is_not()
    {
        await using var carriers = await PretendCarriers.Start(new GatewaySimOptions(), RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        // Every third look finds it unwell for a moment; from the thirtieth on it stays so.
        await using var engine = await ScriptedServer.Start(asked => asked.Number % 3 == 2 || asked.Number >= 30 ? new(503, "The disk is full.") : new(200, "ready"));
        using var watchdog = Start(carriers, engine.Url, "--phone", "0901000001", "--silent-for", "2", "--every", "0.2");
        await Eventually.True(() => engine.AllAsked.Count > 29, "thirty looks");
        Assert.Empty(carriers.Letters());
        await Eventually.True(() => carriers.Letters().Count == 1, "it is called");
        Assert.Contains("khong luu duoc so lieu", carriers.Letters()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_carrier_or_with_a_number_that_is_none_it_does_not_start()
    {
        (await ProgramRun.Of("watchdog", "--url", "http://127.0.0.1:1", "--phone", "0901000001")).IsRefusedWith("No carrier of SMS");
        var wrong = await ProgramRun.Of("watchdog", "--url", "http://127.0.0.1:1", "--phone", "0235380000");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("landline", wrong.Error + wrong.Output, StringComparison.Ordinal);
    }

    static Watching Start(PretendCarriers carriers, Uri engine, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [EngineProcess.Program, "watchdog", "--url", engine.ToString(), .. more]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CANHLU_Carriers__Esms__BaseUrl"] = carriers.Address.ToString();
        start.Environment["CANHLU_Carriers__Esms__ApiKey"] = "test";
        start.Environment["CANHLU_Carriers__Esms__SecretKey"] = "test";
        start.Environment["CANHLU_Carriers__Esms__Brandname"] = "CANHLU";
        return new Watching(Process.Start(start)!);
    }

    sealed class Watching(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
