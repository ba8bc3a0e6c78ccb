using System.Diagnostics.Metrics;
using CanhLu.Notify.Carriers;

namespace CanhLu.Notify;

/// <summary>What is counted of telling people: meter <c>CanhLu.Notify</c>.</summary>
public sealed class NotifyMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Notify";

    readonly Meter _meter;
    readonly Counter<long> _planned;
    readonly Counter<long> _replaced;
    readonly Counter<long> _held;
    readonly Counter<long> _released;
    readonly Counter<long> _expired;
    readonly Counter<long> _expiredBulletins;
    readonly Counter<long> _answers;
    readonly Counter<long> _reports;
    readonly Counter<long> _callbacks;
    readonly Counter<long> _passedOn;
    readonly Counter<long> _handedOverAgain;
    readonly Counter<long> _asked;
    readonly Histogram<double> _planning;
    readonly Histogram<double> _answerTime;

    /// <param name="meters">Makes the meter.</param>
    public NotifyMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _planned = meter.CreateCounter<long>("canhlu.notify.planned", "{deliveries}", "Deliveries planned");
        _replaced = meter.CreateCounter<long>("canhlu.notify.replaced", "{deliveries}", "Unsent deliveries replaced by a newer bulletin");
        _held = meter.CreateCounter<long>("canhlu.notify.held", "{deliveries}", "Deliveries held back, by cause: storm (another bulletin tells it), budget (the messages of the month are used up)");
        _released = meter.CreateCounter<long>("canhlu.notify.released", "{deliveries}", "Deliveries held back whose stand-in was not told: they went after all, or were too late");
        _expired = meter.CreateCounter<long>("canhlu.notify.expired", "{deliveries}", "Deliveries whose time ran out");
        _expiredBulletins = meter.CreateCounter<long>("canhlu.notify.bulletins.expired", "{bulletins}", "Bulletins whose time ran out before they were planned");
        _answers = meter.CreateCounter<long>("canhlu.notify.answers", "{answers}", "Carriers' answers, by carrier and outcome");
        _reports = meter.CreateCounter<long>("canhlu.notify.reports", "{reports}", "Receipts that came later, by carrier and what they did (news, repeat, unknown)");
        _callbacks = meter.CreateCounter<long>("canhlu.notify.callbacks", "{requests}", "Callbacks, by carrier and what they were");
        _passedOn = meter.CreateCounter<long>("canhlu.notify.passed_on", "{deliveries}", "Deliveries given to the next carrier, by carrier and cause (refused, in_doubt, stopped, no_receipt)");
        _handedOverAgain = meter.CreateCounter<long>("canhlu.notify.handed_over_again", "{deliveries}", "Deliveries in doubt handed over again to a carrier that does not know repeats: they may be read twice");
        _asked = meter.CreateCounter<long>("canhlu.notify.asked", "{questions}", "Deliveries without a report of which the carrier was asked, by carrier and what it said (delivered, refused, nothing)");
        _planning = meter.CreateHistogram<double>("canhlu.notify.planning.duration", "s", "Time to plan a bulletin");
        _answerTime = meter.CreateHistogram<double>("canhlu.notify.answer.duration", "s", "Time from hand-over to the carrier's answer");
    }

    internal void Planned(int deliveries, int replaced, TimeSpan took)
    {
        _planned.Add(deliveries);
        _replaced.Add(replaced);
        _planning.Record(took.TotalSeconds);
    }

    internal void Held(Held held)
    {
        _held.Add(held.Storm, new KeyValuePair<string, object?>("cause", "storm"));
        _held.Add(held.Budget, new KeyValuePair<string, object?>("cause", "budget"));
    }

    internal void Released(int deliveries) => _released.Add(deliveries);

    internal void Expired(int deliveries) => _expired.Add(deliveries);

    internal void BulletinExpired() => _expiredBulletins.Add(1);

    internal void Answered(string carrier, Receipt receipt, TimeSpan took)
    {
        _answers.Add(1, new("carrier", carrier), new("outcome", Outcome(receipt)));
        _answerTime.Record(took.TotalSeconds, new KeyValuePair<string, object?>("carrier", carrier));
    }

    internal void Settled(Settlement settlement, Settled settled)
    {
        if (!settlement.IsAnswer)
            _reports.Add(1, new("carrier", settlement.Carrier), new("result", Result(settled)));
        else if (settlement.Receipt is null)
            _expired.Add(1);
        if (settled is Notify.Settled.PassedOn or Notify.Settled.PassedOnInDoubt)
            _passedOn.Add(1, new("carrier", settlement.Carrier), new("cause", settled == Notify.Settled.PassedOn ? "refused" : "in_doubt"));
    }

    internal void MovedOn(string carrier, int deliveries, int inDoubt)
    {
        _passedOn.Add(deliveries - inDoubt, new("carrier", carrier), new("cause", "stopped"));
        _passedOn.Add(inDoubt, new("carrier", carrier), new("cause", "in_doubt"));
    }

    internal void NotReported(string carrier, int deliveries) => _passedOn.Add(deliveries, new("carrier", carrier), new("cause", "no_receipt"));

    internal void Asked(string carrier, Receipt? said) =>
        _asked.Add(1, new("carrier", carrier), new("said", said is null ? "nothing" : Outcome(said)));

    internal void HandedOverAgain(string carrier) => _handedOverAgain.Add(1, new KeyValuePair<string, object?>("carrier", carrier));

    internal void TokenEnds(string carrier, Func<double> seconds) => _meter.CreateObservableGauge(
        "canhlu.notify.token.remaining", () => new Measurement<double>(seconds(), new KeyValuePair<string, object?>("carrier", carrier)), "s",
        "Time until a carrier's refresh token ends");

    internal void Allowances(Func<IEnumerable<(string Carrier, Allowance Left)>> known) => _meter.CreateObservableGauge(
        "canhlu.notify.allowance",
        () => known().Select(one => new Measurement<double>(
            (double)one.Left.Left, new("carrier", one.Carrier), new("unit", one.Left.Unit == AllowanceUnit.Dong ? "dong" : "letters"))), "",
        "What a carrier's account still allows: đồng, or letters");

    internal void Standings(Func<IEnumerable<CarrierState>> states) => _meter.CreateObservableGauge(
        "canhlu.notify.carriers.troubled",
        () => states().Select(state => new Measurement<int>(
            state.Standing != CarrierStanding.Open || state.Concern is not null ? 1 : 0, new KeyValuePair<string, object?>("carrier", state.Carrier))),
        "{carriers}", "1 for a carrier that takes nothing, or will stop unless somebody does something");

    internal void CalledBack(string carrier, string what) => _callbacks.Add(1, new("carrier", carrier), new("what", what));

    static string Outcome(Receipt receipt) => receipt switch
    {
        Receipt.Accepted => "accepted",
        Receipt.Delivered => "delivered",
        Receipt.Seen => "seen",
        Receipt.Refused => "refused",
        Receipt.TryLater => "try_later",
        Receipt.Ambiguous => "ambiguous",
        Receipt.ChannelStopped => "channel_stopped",
        _ => "other",
    };

    static string Result(Settled settled) => settled switch
    {
        Notify.Settled.Repeat => "repeat",
        Notify.Settled.Unknown => "unknown",
        _ => "news",
    };
}
