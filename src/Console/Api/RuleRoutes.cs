using System.Collections.Immutable;
using CanhLu.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>What is in force, as the site says: rules, ladders, who decides, quality tests. To be read, not written: the site's files are.</summary>
static class RuleRoutes
{
    sealed record InForceView(
        ImmutableArray<RuleView> Rules, ImmutableArray<PlaceView> Stations, ImmutableArray<DecidingView> Deciding, ImmutableArray<TellingView> Tellings,
        ImmutableArray<QualityView> Quality, ImmutableArray<DeadView> Warnings, double WarningValidForS, double AllClearValidForS, double FutureToleranceS);

    sealed record DeadView(string Station, string Rule, DeadBecause Because, string Reason, decimal? GateM, decimal? CeilingM);

    sealed record RuleView(
        string Id, string Name, string Type, Policy Policy, ImmutableArray<Policy> PolicyByGrade, bool IsShadow, ImmutableArray<string> Stations,
        ImmutableArray<Member> Witnesses, QuietingView Quieting, FactsView Facts);

    sealed record QuietingView(string? Hours, ImmutableArray<Member> Inhibitors, int? FlappingTimes, double? FlappingWithinS, double? FlappingCalmS);

    /// <summary>What a rule is set to; null where its type has no such thing.</summary>
    sealed record FactsView
    {
        public AlarmLevel? Level { get; init; }
        public ImmutableArray<double>? WindowsS { get; init; }
        public int? MinPoints { get; init; }
        public double? MinSpanS { get; init; }
        public decimal? RaiseMPerH { get; init; }
        public decimal? ClearMPerH { get; init; }
        public decimal? GateM { get; init; }
        public Slope? Slope { get; init; }
        public bool? WithoutTide { get; init; }
        public double? LeadS { get; init; }
        public double? HorizonS { get; init; }
        public double? HoldS { get; init; }
        public double? AfterS { get; init; }
        public DeviceKind? Kind { get; init; }
        public ImmutableArray<string>? Devices { get; init; }
        public string? Quantity { get; init; }
        public string? Unit { get; init; }
        public LimitSide? Side { get; init; }
        public double? Raise { get; init; }
        public double? Clear { get; init; }
        public double? RaiseHoldS { get; init; }
        public double? ClearHoldS { get; init; }
        public WhileAlarm? While { get; init; }
        public ImmutableArray<FaultKind>? Faults { get; init; }
        public int? Spikes { get; init; }
        public double? WithinS { get; init; }
        public int? JumpMm { get; init; }
        public double? ClockOffS { get; init; }
        public string? Reservoir { get; init; }
        public ImmutableArray<DischargeView>? Discharges { get; init; }
        public int? AtLeast { get; init; }
        public ImmutableArray<Member>? Of { get; init; }
        public ImmutableArray<Member>? Without { get; init; }
    }

    sealed record DischargeView(AlarmLevel Level, int From);

    sealed record PlaceView(
        string Id, string Name, string River, string Datum, double ReportEveryS, double LatenessS, bool FeelsTide, string? Upstream, ImmutableArray<string> Areas,
        ImmutableArray<LadderView> Ladders);

    sealed record LadderView(Instant From, bool IsInForce, ImmutableArray<StepView> Levels);

    sealed record StepView(AlarmLevel Level, decimal RaiseM, decimal ClearM, double RaiseHoldS, double ClearHoldS);

    sealed record DecidingView(AlarmLevel? Level, ImmutableArray<Grade> Grades, OfficerRole By, int Persons, double? WithinS, ImmutableArray<TimeUp> Then);

    sealed record TellingView(AlarmLevel Level, ImmutableArray<string> Carriers, bool Together);

    sealed record QualityView(
        string Model, string Quantity, string? Unit, double? SensorLeast, double? SensorMost, ImmutableArray<string> Stations, double? EveryS, double? GapS, ValueSpan? UserSpan,
        bool ByMonth, SpikeTest? Spike, RateTest? Rate, FlatView? FlatLine, AttenuationView? Attenuation, NeighbourView? Neighbour);

    sealed record FlatView(double SuspectS, double FailS, double Tolerance);

    sealed record AttenuationView(double PeriodS, double Suspect, double Fail, AttenuationMeasure Measure);

    sealed record NeighbourView(double Suspect, double WithinS);

    public static void MapRules(this IEndpointRouteBuilder api) => api
        .MapGet("/rules", (Func<Site> site, IClock clock) => Of(site(), clock.GetCurrentInstant()))
        .WithSummary("The rules in force with all that they are set to, the ladder of each station, who decides on what, the quality tests, and rules that can never speak.");

    static InForceView Of(Site site, Instant now) => new(
        [.. site.Rules.Select(rule => Of(rule, site))],
        [.. site.Stations.Select(station => Of(station, now))],
        [.. site.Deciding.Select(one => new DecidingView(one.Level, one.Grades, one.By, one.Persons, one.Within?.TotalSeconds, one.Then))],
        [.. site.Tellings.Select(one => new TellingView(one.Level, one.Carriers, one.Together))],
        [.. site.Quality.Select(one => Of(one, site))],
        [.. DeadRule.Of(site).Select(one => new DeadView(one.Station, one.Rule, one.Because, one.Reason, one.Gate?.Metres, one.Ceiling?.Metres))],
        site.WarningValidFor.TotalSeconds, site.AllClearValidFor.TotalSeconds, site.FutureTolerance.TotalSeconds);

    static RuleView Of(Rule rule, Site site)
    {
        var quieting = rule.Quieting;
        return new RuleView(
            rule.Id, rule.Name, rule.GetType().Name, rule.Policy, Listed(rule.PolicyByGrade), rule.IsShadow, rule.Places, Listed(rule.Witnesses),
            new QuietingView(
                quieting.Hours is { } hours ? $"{hours.From:HH':'mm}–{hours.Until:HH':'mm}" : null, Listed(quieting.Inhibitors), quieting.Flapping?.Times,
                quieting.Flapping?.Within.TotalSeconds, quieting.Flapping?.Calm.TotalSeconds),
            FactsOf(rule, site));
    }

    static FactsView FactsOf(Rule rule, Site site) => rule switch
    {
        Rule.RateOfRiseRule one => new FactsView
        {
            WindowsS = [one.Window.TotalSeconds, .. Listed(one.MoreWindows).Select(window => window.TotalSeconds)],
            MinPoints = one.MinPoints,
            MinSpanS = one.MinSpan.TotalSeconds,
            RaiseMPerH = one.Raise.MetresPerHour,
            ClearMPerH = one.Clear.MetresPerHour,
            GateM = one.Gate?.Metres,
            Slope = one.Slope,
            WithoutTide = one.WithoutTide,
        },
        Rule.Forecast one => new FactsView { Level = one.Level, LeadS = one.Lead.TotalSeconds, HorizonS = one.Horizon.TotalSeconds, HoldS = one.Hold.TotalSeconds },
        Rule.Silence one => new FactsView { AfterS = one.After.TotalSeconds },
        Rule.Limit one => new FactsView
        {
            Kind = one.Kind,
            Devices = Listed(one.Devices),
            Quantity = one.Quantity,
            Unit = Models(site).Where(model => one.Kind is null || model.Kind == one.Kind).SelectMany(model => model.Fields).FirstOrDefault(field => field.Quantity == one.Quantity)?.Unit,
            Side = one.Side,
            Raise = one.Raise,
            Clear = one.Clear,
            RaiseHoldS = one.RaiseHold.TotalSeconds,
            ClearHoldS = one.ClearHold.TotalSeconds,
            While = one.While,
        },
        Rule.Fault one => new FactsView { Faults = Listed(one.Faults), Spikes = one.Spikes, WithinS = one.Within.TotalSeconds, JumpMm = one.Jump, ClockOffS = one.ClockOff.TotalSeconds },
        Rule.Release one => new FactsView
        {
            Reservoir = one.Reservoir,
            Discharges =
            [
                .. new (AlarmLevel Level, int? From)[] { (AlarmLevel.I, one.Levels.I), (AlarmLevel.II, one.Levels.II), (AlarmLevel.III, one.Levels.III) }
                    .Where(level => level.From is not null).Select(level => new DischargeView(level.Level, level.From!.Value)),
            ],
        },
        Rule.Combination one => new FactsView { AtLeast = one.AtLeast, Of = Listed(one.Of), Without = Listed(one.Without) },
        _ => new FactsView(),
    };

    static PlaceView Of(Station station, Instant now)
    {
        var inForce = station.LadderAt(now);
        return new PlaceView(
            station.Id, station.Name, station.River, station.Datum, station.ReportEvery.TotalSeconds, station.Lateness.TotalSeconds, station.FeelsTide, station.Upstream?.Station,
            station.Areas,
            [
                .. station.Ladders.Select(ladder => new LadderView(ladder.From, ladder == inForce,
                [
                    .. new[] { AlarmLevel.I, AlarmLevel.II, AlarmLevel.III }.Select(level => new StepView(
                        level, ladder[level].Raise.Metres, ladder[level].Clear.Metres, ladder[level].RaiseHold.TotalSeconds, ladder[level].ClearHold.TotalSeconds)),
                ])),
            ]);
    }

    static QualityView Of(SeriesQuality one, Site site)
    {
        var (field, tests) = (Models(site).FirstOrDefault(model => model.Id == one.Model)?.Fields.FirstOrDefault(field => field.Quantity == one.Quantity), one.Tests);
        return new QualityView(
            one.Model, one.Quantity, field?.Unit, field?.Min * field?.Scale, field?.Max * field?.Scale, Listed(one.Stations), tests.Every?.TotalSeconds, tests.Gap?.TotalSeconds, tests.UserSpan,
            !tests.Months.IsDefaultOrEmpty, tests.Spike, tests.Rate,
            tests.FlatLine is { } flat ? new FlatView(flat.Suspect.TotalSeconds, flat.Fail.TotalSeconds, flat.Tolerance) : null,
            tests.Attenuation is { } still ? new AttenuationView(still.Period.TotalSeconds, still.Suspect, still.Fail, still.Measure) : null,
            tests.Neighbour is { } neighbour ? new NeighbourView(neighbour.Suspect, neighbour.Within.TotalSeconds) : null);
    }

    static IEnumerable<DeviceModel> Models(Site site) => site.Devices.Values.Select(device => device.Model);

    static ImmutableArray<T> Listed<T>(ImmutableArray<T> all) => all.IsDefault ? [] : all;
}
