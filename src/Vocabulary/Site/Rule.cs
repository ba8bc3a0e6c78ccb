using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>What happens when a rule's alarm rises.</summary>
public enum Policy
{
    /// <summary>Its bulletin is sent at once.</summary>
    Auto,

    /// <summary>Its bulletin waits, as a proposal, for an officer.</summary>
    Ask,

    /// <summary>It is shown on the duty desk; residents are not told.</summary>
    Desk,
}

/// <summary>Which way a limit is crossed.</summary>
public enum LimitSide
{
    /// <summary>The alarm stands at or above the limit.</summary>
    Above,

    /// <summary>The alarm stands at or below the limit.</summary>
    Below,
}

/// <summary>What may be wrong with a gauge.</summary>
public enum FaultKind
{
    /// <summary>It says the same for too long: its flat-line test is 3 or 4. Ends when that passes.</summary>
    Stuck,

    /// <summary>It has so many spikes, each within some time of the one before. Ends when none has come for that time.</summary>
    Spiking,

    /// <summary>Two readings in a row are at the sensor's ceiling or beyond it. Ends with a reading below it.</summary>
    Saturated,

    /// <summary>Its zero has moved: a step that stays, or far from its neighbours for six readings. Ends by a step back, or with its neighbours for six.</summary>
    Jump,

    /// <summary>It measures steadily too long before we receive. Ends with a reading less than half as late.</summary>
    Clock,
}

/// <summary>A rule only speaks while another one's alarm stands at a station.</summary>
/// <param name="Station">The other alarm's station.</param>
/// <param name="Rule">The other rule's id.</param>
/// <param name="Level">The least level it must have.</param>
public sealed record WhileAlarm(string Station, string Rule, AlarmLevel Level);

/// <summary>Alarms of which a combination speaks.</summary>
/// <param name="Rule">Their rule's id.</param>
/// <param name="Subject">The station or device that they are about; null for every one.</param>
/// <param name="Level">The least level that counts.</param>
public sealed record Member(string Rule, string? Subject, AlarmLevel Level)
{
    /// <summary>Whether an alarm is one of them.</summary>
    public bool Matches(AlarmKey key) => key.Rule == Rule && (Subject is null || key.Subject == Subject);
}

/// <summary>A rule of the site: what is judged, and what happens then.</summary>
/// <param name="Id">Its id, <c>bao-dong</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Policy">What happens when it rises.</param>
public abstract record Rule(string Id, string Name, Policy Policy)
{
    /// <summary>Whether it is only tried: it is judged and shown, and its policy is <see cref="Policy.Desk"/> whatever the file says, so that nobody is told.</summary>
    public bool IsShadow { get; init; }

    /// <summary>What happens by the grade of the evidence, of <see cref="Grade.A"/>, B and C; empty where all go by <see cref="Policy"/>, which is else the one
    /// of them that tells soonest.</summary>
    public ImmutableArray<Policy> PolicyByGrade { get; init; } = [];

    /// <summary>Alarms that bear this one out: while one of them stands about another station or a device, the evidence is <see cref="Grade.A"/>.</summary>
    public ImmutableArray<Member> Witnesses { get; init; } = [];

    /// <summary>What keeps its notices quiet.</summary>
    public Quieting Quieting { get; init; } = Quieting.None;

    /// <summary>The ids of the stations that it judges; empty for all of them, and for a limit, which judges devices.</summary>
    public ImmutableArray<string> Places
    {
        get
        {
            var places = this switch
            {
                StageLadder one => one.Stations,
                RateOfRiseRule one => one.Stations,
                Forecast one => one.Stations,
                Silence one => one.Stations,
                Fault one => one.Stations,
                Release one => one.Stations,
                Combination one => [one.Station],
                _ => [],
            };
            return places.IsDefault ? [] : places;
        }
    }

    /// <summary>What happens when it rises by such evidence.</summary>
    public Policy PolicyFor(Grade grade) => PolicyByGrade.IsDefaultOrEmpty ? Policy : PolicyByGrade[(int)grade - 1];

    /// <summary>The ladder of alarm levels, at every station that has thresholds.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Stations">The stations' ids; empty for all.</param>
    public sealed record StageLadder(string Id, string Name, Policy Policy, ImmutableArray<string> Stations) : Rule(Id, Name, Policy);

    /// <summary>The water rises fast: the slope over a window, above a gate so that a tide at low water says nothing.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Stations">The stations' ids; empty for all.</param>
    /// <param name="Window">How far back the readings count.</param>
    /// <param name="MinPoints">The least number of readings in it.</param>
    /// <param name="MinSpan">The least time from the first to the last of them.</param>
    /// <param name="Raise">The alarm begins at this rate or a faster one.</param>
    /// <param name="Clear">It ends below this rate.</param>
    /// <param name="Gate">It never begins below this stage; null for no gate.</param>
    public sealed record RateOfRiseRule(
        string Id, string Name, Policy Policy, ImmutableArray<string> Stations, Duration Window, int MinPoints, Duration MinSpan, RateOfRise Raise,
        RateOfRise Clear, Stage? Gate) : Rule(Id, Name, Policy)
    {
        /// <summary>How the slope is found.</summary>
        public Slope Slope { get; init; }

        /// <summary>Further windows; the rate is then the least of all windows', so that a rise must show in each of them.</summary>
        public ImmutableArray<Duration> MoreWindows { get; init; } = [];

        /// <summary>Whether the predictable tide is taken off first, as soon as the station's is known.</summary>
        public bool WithoutTide { get; init; }
    }

    /// <summary>A level is expected soon: an early warning. It stands until the level is reached, or is no longer expected.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Stations">The stations' ids; empty for all with thresholds.</param>
    /// <param name="Level">The level that is looked for; never <see cref="AlarmLevel.None"/>.</param>
    /// <param name="Lead">The alarm begins when the level may be reached so soon: the early end of the forecast's band.</param>
    /// <param name="Horizon">How far ahead it looks, at most 48 hours.</param>
    /// <param name="Hold">It ends when the level has not been expected within the horizon for so long.</param>
    public sealed record Forecast(
        string Id, string Name, Policy Policy, ImmutableArray<string> Stations, AlarmLevel Level, Duration Lead, Duration Horizon, Duration Hold)
        : Rule(Id, Name, Policy);

    /// <summary>A station is silent: no stage of it was received for too long. Judged by our clock.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Stations">The stations' ids; empty for all.</param>
    /// <param name="After">How long nothing may be heard.</param>
    public sealed record Silence(string Id, string Name, Policy Policy, ImmutableArray<string> Stations, Duration After) : Rule(Id, Name, Policy);

    /// <summary>A plain limit on any series of any device.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Kind">Of which kind of device; null for all.</param>
    /// <param name="Devices">The devices' ids; empty for all of the kind.</param>
    /// <param name="Quantity">The series' quantity.</param>
    /// <param name="Side">Above or below.</param>
    /// <param name="Raise">The alarm begins at this value, in the series' unit (inclusive).</param>
    /// <param name="Clear">It ends beyond this value on the other side (exclusive); equal to <paramref name="Raise"/> for no band.</param>
    /// <param name="RaiseHold">How long the value must have been there.</param>
    /// <param name="ClearHold">How long it must have been away.</param>
    /// <param name="While">It only stands while another alarm does; null for always.</param>
    public sealed record Limit(
        string Id, string Name, Policy Policy, DeviceKind? Kind, ImmutableArray<string> Devices, string Quantity, LimitSide Side, double Raise,
        double Clear, Duration RaiseHold, Duration ClearHold, WhileAlarm? While) : Rule(Id, Name, Policy);

    /// <summary>Something is wrong with a gauge: for the technician. It stands while any of its faults does.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">Always <see cref="Policy.Desk"/>.</param>
    /// <param name="Stations">The stations' ids; empty for all.</param>
    /// <param name="Faults">Which faults.</param>
    /// <param name="Spikes">So many spikes make a spiking gauge.</param>
    /// <param name="Within">Each of them within this time of the one before.</param>
    /// <param name="Jump">The least step that may be a jump, mm.</param>
    /// <param name="ClockOff">How long before its receipt a reading may steadily be measured.</param>
    public sealed record Fault(
        string Id, string Name, Policy Policy, ImmutableArray<string> Stations, ImmutableArray<FaultKind> Faults, int Spikes, Duration Within, int Jump,
        Duration ClockOff) : Rule(Id, Name, Policy);

    /// <summary>A reservoir above has announced a release: a person enters the notice, and its level holds from then until it is over.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Stations">The ids of the stations below whose residents it is about; never empty.</param>
    /// <param name="Source">The reservoir's id, by which notices name it.</param>
    /// <param name="Reservoir">The reservoir's name.</param>
    /// <param name="Levels">From which greatest discharge on it is at a level.</param>
    public sealed record Release(
        string Id, string Name, Policy Policy, ImmutableArray<string> Stations, string Source, string Reservoir, ReleaseLevels Levels)
        : Rule(Id, Name, Policy);

    /// <summary>Several alarms at the same time: all of them, any of them, or so many; and none of some others.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Policy">What happens when it rises.</param>
    /// <param name="Station">The station that it is about.</param>
    /// <param name="AtLeast">How many of the alarms must stand, 1 and up.</param>
    /// <param name="Of">The alarms that count; one for every subject that a member matches.</param>
    /// <param name="Without">The alarms of which none may stand.</param>
    public sealed record Combination(
        string Id, string Name, Policy Policy, string Station, int AtLeast, ImmutableArray<Member> Of, ImmutableArray<Member> Without)
        : Rule(Id, Name, Policy);
}
