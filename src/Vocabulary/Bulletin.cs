using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>What a bulletin is for.</summary>
public enum BulletinKind
{
    /// <summary>The water has reached a level.</summary>
    Warning,

    /// <summary>The danger is over: owed once to everyone who was warned.</summary>
    AllClear,

    /// <summary>What a person has to say, in that person's words. Nobody is owed an all-clear for it.</summary>
    Announcement,

    /// <summary>To an officer: somebody is asked to decide.</summary>
    Reminder,
}

/// <summary>Words of a person's own, instead of a template's.</summary>
/// <param name="Vi">Vietnamese, with its marks.</param>
/// <param name="En">English; null to say it in Vietnamese to everybody.</param>
public sealed record OwnWords(string Vi, string? En);

/// <summary>What people are told about one station, decided and dated; its wording per language and carrier is made from it.</summary>
/// <param name="Id">Its number in the operations store.</param>
/// <param name="Episode">The episode it belongs to.</param>
/// <param name="Station">The station's id.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Cause">What it is about.</param>
/// <param name="Kind">Warning or all-clear.</param>
/// <param name="Level">The level that people are told; <see cref="AlarmLevel.None"/> in an all-clear.</param>
/// <param name="Stage">The stage behind it; null where no stage is judged (silence, limits).</param>
/// <param name="Rate">The rate of rise behind it, when known.</param>
/// <param name="MeasuredAt">When that stage was measured.</param>
/// <param name="DecidedAt">When it was decided to tell it.</param>
/// <param name="DecidedBy">Who decided: a person's name, or <c>auto</c>.</param>
/// <param name="NotAfter">After this moment it is no longer sent to anyone who has not got it.</param>
public sealed record Bulletin(
    long Id, long Episode, string Station, string Rule, Cause Cause, BulletinKind Kind, AlarmLevel Level, Stage? Stage, RateOfRise? Rate,
    Instant MeasuredAt, Instant DecidedAt, string DecidedBy, Instant NotAfter)
{
    /// <summary>The release that it is about; null for every other cause.</summary>
    public Outflow? Outflow { get; init; }

    /// <summary>A person's own words; null where a template speaks.</summary>
    public OwnWords? Own { get; init; }

    /// <summary>What a person has written into slots of the template, instead of what the engine knows; null for nothing. Names as in <see cref="BulletinTemplate"/>.</summary>
    public ImmutableDictionary<string, string>? Slots { get; init; }

    /// <summary>The codes of the areas that are told; null for those of the station.</summary>
    public ImmutableArray<string>? Areas { get; init; }

    /// <summary>The only number that is told, E.164; null for everybody in the areas.</summary>
    public string? OnlyTo { get; init; }
}
