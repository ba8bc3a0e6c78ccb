using System.Collections.Frozen;

namespace CanhLu.Host.SiteFiles;

/// <summary>The closed lists of words in a site's files.</summary>
static class Words
{
    /// <summary>Levels of the ladder.</summary>
    public static readonly FrozenDictionary<string, AlarmLevel> Levels = Of(("I", AlarmLevel.I), ("II", AlarmLevel.II), ("III", AlarmLevel.III));

    /// <summary>Levels as tellings name them.</summary>
    public static readonly FrozenDictionary<string, AlarmLevel> Told =
        Of(("I", AlarmLevel.I), ("II", AlarmLevel.II), ("III", AlarmLevel.III), ("all-clear", AlarmLevel.None));

    /// <summary>Kinds of device.</summary>
    public static readonly FrozenDictionary<string, DeviceKind> DeviceKinds =
        Of(("gauge", DeviceKind.Gauge), ("access-point", DeviceKind.AccessPoint), ("camera", DeviceKind.Camera));

    /// <summary>Formats of foreign payloads.</summary>
    public static readonly FrozenDictionary<string, PayloadFormat> Formats =
        Of(("senml", PayloadFormat.SenML), ("chirpstack", PayloadFormat.ChirpStack), ("the-things-stack", PayloadFormat.TheThingsStack),
            ("frigate", PayloadFormat.Frigate), ("netjson", PayloadFormat.NetJson));

    /// <summary>Policies.</summary>
    public static readonly FrozenDictionary<string, Policy> Policies = Of(("auto", Policy.Auto), ("ask", Policy.Ask), ("desk", Policy.Desk));

    /// <summary>Grades of the evidence.</summary>
    public static readonly FrozenDictionary<string, Grade> Grades = Of(("A", Grade.A), ("B", Grade.B), ("C", Grade.C));

    /// <summary>Who may decide.</summary>
    public static readonly FrozenDictionary<string, OfficerRole> Roles = Of(("officer", OfficerRole.Officer), ("supervisor", OfficerRole.Supervisor));

    /// <summary>What happens when the time for a decision is up.</summary>
    public static readonly FrozenDictionary<string, TimeUp> TimeUps =
        Of(("escalate", TimeUp.Escalate), ("send", TimeUp.Send), ("drop", TimeUp.Drop));

    /// <summary>Faults of a gauge.</summary>
    public static readonly FrozenDictionary<string, FaultKind> Faults = Of(("stuck", FaultKind.Stuck), ("spiking", FaultKind.Spiking),
        ("saturated", FaultKind.Saturated), ("jump", FaultKind.Jump), ("clock", FaultKind.Clock));

    /// <summary>Sides of a limit.</summary>
    public static readonly FrozenDictionary<string, LimitSide> Sides = Of(("above", LimitSide.Above), ("below", LimitSide.Below));

    /// <summary>When the canary has arrived; true: when its delivery was reported.</summary>
    public static readonly FrozenDictionary<string, bool> Arrivals = Of(("accepted", false), ("delivered", true));

    /// <summary>Slopes.</summary>
    public static readonly FrozenDictionary<string, Slope> Slopes = Of(("theil-sen", Slope.TheilSen), ("least-squares", Slope.LeastSquares));

    /// <summary>Kinds of bulletin.</summary>
    public static readonly FrozenDictionary<string, BulletinKind> BulletinKinds =
        Of(("warning", BulletinKind.Warning), ("all-clear", BulletinKind.AllClear));

    /// <summary>Causes.</summary>
    public static readonly FrozenDictionary<string, Cause> Causes =
        Of(("threshold", Cause.Threshold), ("rate", Cause.Rate), ("silence", Cause.Silence), ("limit", Cause.Limit),
            ("combination", Cause.Combination), ("forecast", Cause.Forecast), ("release", Cause.Release));

    /// <summary>Ways to measure a spike.</summary>
    public static readonly FrozenDictionary<string, SpikeMethod> SpikeMethods =
        Of(("average", SpikeMethod.Average), ("differential", SpikeMethod.Differential));

    /// <summary>Ways to measure how much a signal moves.</summary>
    public static readonly FrozenDictionary<string, AttenuationMeasure> Measures =
        Of(("range", AttenuationMeasure.Range), ("deviation", AttenuationMeasure.Deviation));

    /// <summary>Carriers.</summary>
    public static readonly FrozenSet<string> Carriers = FrozenSet.Create(StringComparer.Ordinal, "esms", "kannel", "speedsms", "webhook", "zalo", "zalo-oa");

    /// <summary>Languages in which residents are told.</summary>
    public static readonly string[] Languages = ["vi", "en"];

    /// <summary>The word of a value.</summary>
    public static string Of<T>(FrozenDictionary<string, T> words, T value) =>
        words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;

    static FrozenDictionary<string, T> Of<T>(params (string Word, T Value)[] words) =>
        words.ToFrozenDictionary(word => word.Word, word => word.Value, StringComparer.Ordinal);
}
