using CanhLu.Notify.Carriers;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Whether a carrier takes messages.</summary>
public enum CarrierStanding
{
    /// <summary>It does, as far as we know.</summary>
    Open,

    /// <summary>It is asked with one delivery whether it does again.</summary>
    Probing,

    /// <summary>It does not: see the reason and the remedy.</summary>
    Stopped,
}

/// <summary>How it stands with a carrier, for the page, the alarms and <c>/readyz</c>.</summary>
/// <param name="Carrier">Its id.</param>
/// <param name="Standing">Whether it takes messages.</param>
/// <param name="Since">Since when; null while it has been open from the start.</param>
/// <param name="Code">The code with which it stopped.</param>
/// <param name="Reason">Why.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record CarrierState(string Carrier, CarrierStanding Standing, Instant? Since, string? Code, string? Reason, string? Remedy)
{
    /// <summary>What will stop it unless somebody does something; null for nothing.</summary>
    public CarrierConcern? Concern { get; init; }

    /// <summary>What its account still allows, as it said when it was last asked; null when it cannot be asked, or has not answered yet.</summary>
    public Allowance? Allowance { get; init; }
}

/// <summary>A courier's gate: what the carrier's answers, taken together, say of the channel. Shared by the courier's loops.</summary>
sealed class Gate(string carrier, NotifyOptions options, BackOff backOff, IClock clock, TimeProvider time)
{
    const string Away = "away";
    const string CircuitOpen = "circuit-open";
    const string NoConnection = "no-connection";

    readonly Lock _gate = new();
    CarrierState _state = new(carrier, CarrierStanding.Open, null, null, null, null);
    long _probeAt;
    long _stoppedAt;
    long _pausedUntil = long.MinValue;
    long? _troubleSince;
    int _throttles;

    public CarrierState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>For how long the channel has been stopped, in real time, however often it was probed meanwhile; zero when it is open.</summary>
    public TimeSpan StoppedFor
    {
        get
        {
            lock (_gate)
                return _state.Standing == CarrierStanding.Open ? TimeSpan.Zero : time.GetElapsedTime(_stoppedAt);
        }
    }

    /// <summary>How long nothing may be handed over; zero when something may.</summary>
    public TimeSpan Pause()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return _pausedUntil <= now ? TimeSpan.Zero : time.GetElapsedTime(now, _pausedUntil);
        }
    }

    /// <summary>Begins to probe a stopped channel when it is time.</summary>
    public CarrierStanding Look()
    {
        lock (_gate)
        {
            if (_state.Standing == CarrierStanding.Stopped && time.GetTimestamp() >= _probeAt)
                _state = _state with { Standing = CarrierStanding.Probing };
            return _state.Standing;
        }
    }

    /// <summary>There is nothing to probe with: the next delivery that comes will be the probe.</summary>
    public void NothingToProbeWith()
    {
        lock (_gate)
        {
            if (_state.Standing == CarrierStanding.Probing)
                _state = _state with { Standing = CarrierStanding.Stopped };
        }
    }

    /// <summary>Takes note of an answer; the state before and after.</summary>
    public (CarrierState Before, CarrierState Now) Note(Receipt receipt)
    {
        lock (_gate)
        {
            var before = _state;
            switch (receipt)
            {
                case Receipt.Accepted or Receipt.Refused or Receipt.Delivered:
                    Answered();
                    break;
                case Receipt.ChannelStopped stopped:
                    _troubleSince = null;
                    Stop(stopped.Code, stopped.Reason, stopped.Remedy, stopped.After ?? options.ProbeAfter);
                    break;
                case Receipt.TryLater { Everyone: true } later:
                    Hold(later.After ?? backOff.After(++_throttles));
                    Trouble(later.Code == CircuitOpen);
                    break;
                case Receipt.TryLater later:
                    Trouble(later.Code == NoConnection);
                    break;
                case Receipt.Ambiguous:
                    Trouble(true);
                    break;
            }
            return (before, _state);
        }
    }

    void Answered()
    {
        _troubleSince = null;
        _throttles = 0;
        if (_state.Standing == CarrierStanding.Probing || _state.Code == Away)
            _state = new CarrierState(carrier, CarrierStanding.Open, clock.GetCurrentInstant(), null, null, null);
    }

    void Trouble(bool silent)
    {
        var now = time.GetTimestamp();
        if (!silent)
            _troubleSince = null;
        else if (_state.Standing == CarrierStanding.Probing)
            Stop(_state.Code!, _state.Reason!, _state.Remedy!, options.ProbeAfter);
        else if (time.GetElapsedTime(_troubleSince ??= now, now) >= options.AwayAfter && _state.Standing == CarrierStanding.Open)
            Stop(Away, "it has not answered for too long", "Look into the line and the carrier's own notices.", options.ProbeAfter);
    }

    void Hold(TimeSpan wait) =>
        _pausedUntil = Math.Max(_pausedUntil, time.GetTimestamp() + Ticks(wait));

    void Stop(string code, string reason, string remedy, TimeSpan probeAfter)
    {
        if (_state.Standing == CarrierStanding.Open)
            _stoppedAt = time.GetTimestamp();
        var since = _state.Standing == CarrierStanding.Open ? clock.GetCurrentInstant() : _state.Since;
        _state = new CarrierState(carrier, CarrierStanding.Stopped, since, code, reason, remedy);
        _probeAt = time.GetTimestamp() + Ticks(probeAfter);
    }

    long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
