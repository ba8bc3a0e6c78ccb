using System.Diagnostics.Metrics;

namespace CanhLu.Notify.Sirens;

/// <summary>What is counted of sirens: meter <c>CanhLu.Notify.Sirens</c>.</summary>
public sealed class SirenMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Notify.Sirens";

    readonly Counter<long> _heard;
    long _unheard;
    long _unstated;

    /// <param name="meters">Makes the meter.</param>
    public SirenMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _heard = meter.CreateCounter<long>("canhlu.sirens.heard", "{messages}", "What sirens said they have heard, by what it was (news, repeat, unknown)");
        meter.CreateObservableGauge("canhlu.sirens.unheard", () => Volatile.Read(ref _unheard), "{sirens}", "Sirens that should have heard what stands for their area and have not said so");
        meter.CreateObservableGauge("canhlu.sirens.unstated", () => Volatile.Read(ref _unstated), "{topics}", "Topics whose newest message could not be given to the door or the broker yet");
    }

    internal void Heard(string outcome) => _heard.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Standing(int unstated, int unheard)
    {
        Volatile.Write(ref _unstated, unstated);
        Volatile.Write(ref _unheard, unheard);
    }
}
