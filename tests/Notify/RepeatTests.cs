using System.Diagnostics.Metrics;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What may be read twice is counted as such.</summary>
public sealed class RepeatTests : IDisposable
{
    readonly River _river = new();

    [Theory]
    [InlineData("parrot", false, 20)]
    [InlineData("elephant", true, 0)]
    public async Task A_delivery_in_doubt_that_goes_again_is_counted_unless_the_carrier_knows_repeats(string id, bool knowsRepeats, long expected)
    {
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: NotifyMetrics.MeterName, Name: "canhlu.notify.handed_over_again" })
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (Equals(tag.Value, id))
                    Interlocked.Add(ref counted, value);
            }
        });
        listener.Start();
        _river.Site = River.Of([id], together: false);
        _river.People(20);
        var carrier = new ScriptedCarrier(id) { Terms = new CarrierTerms(100_000, 16, null) { KnowsRepeats = knowsRepeats } };
        carrier.Answer = letter => carrier.Taken.ContainsKey(letter.Key) ? Script.Take : Script.LoseTheAnswer;
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [carrier]).Start();
        await engine.Settle();
        Assert.Equal((40, expected), (carrier.Asked, Interlocked.Read(ref counted)));
    }

    public void Dispose() => _river.Dispose();
}
