using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>Who may decide.</summary>
/// <remarks>In order: whoever may what a later one may, may what an earlier one may.</remarks>
public enum OfficerRole
{
    /// <summary>An officer on duty.</summary>
    Officer,

    /// <summary>One who answers for the officers.</summary>
    Supervisor,
}

/// <summary>What happens when the time for a decision is up.</summary>
public enum TimeUp
{
    /// <summary>The next person of the duty list is asked too, and the time begins again.</summary>
    Escalate,

    /// <summary>It is sent, unless the water has fallen below its level.</summary>
    Send,

    /// <summary>It is not sent.</summary>
    Drop,
}

/// <summary>Who decides on what is asked, and by when.</summary>
/// <param name="Level">Warnings of which level, <see cref="AlarmLevel.None"/> for all-clears; null for all.</param>
/// <param name="Grades">Evidence of which grades; empty for all.</param>
/// <param name="By">Who may decide.</param>
/// <param name="Persons">How many of them must approve, 1 or 2.</param>
/// <param name="Within">How long each of those who are asked has.</param>
/// <param name="Then">What happens when the time is up, one after another, each after <paramref name="Within"/>. After the last one it waits until it would be old news.</param>
public sealed record Deciding(AlarmLevel? Level, ImmutableArray<Grade> Grades, OfficerRole By, int Persons, Duration? Within, ImmutableArray<TimeUp> Then)
{
    /// <summary>Where the site says nothing: anybody, alone, until it would be old news.</summary>
    public static readonly Deciding Anybody = new(null, [], OfficerRole.Officer, 1, null, []);

    /// <summary>Whether it is about such a bulletin.</summary>
    /// <param name="kind">Warning, all-clear or announcement.</param>
    /// <param name="level">Its level.</param>
    /// <param name="grade">The evidence; null where there is none to grade.</param>
    public bool Fits(BulletinKind kind, AlarmLevel level, Grade? grade) =>
        (Level is null || Level == (kind == BulletinKind.AllClear ? AlarmLevel.None : level)) && (Grades.IsEmpty || (grade is { } one && Grades.Contains(one)));
}
