using System.Collections.Immutable;
using CanhLu.Database;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people write: changes in a proposal, and announcements of their own.</summary>
public sealed class Drafting(
    Operations operations, Func<Site> site, IClock clock, BulletinSignal bell, ChangeSignal changes, DutyMetrics metrics, ILogger<Drafting> logger)
{
    /// <summary>A slot is a word or two of an approved form.</summary>
    public const int LongestSlot = 90;

    /// <summary>Five SMS in Vietnamese with its marks.</summary>
    public const int LongestText = 335;

    /// <summary>How long an announcement may still be sent.</summary>
    public static readonly Duration AnnouncementValidFor = Duration.FromHours(6);

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>Changes what a waiting proposal would tell. Whoever had approved it must approve again.</summary>
    /// <param name="proposal">Its number.</param>
    /// <param name="slots">What stands in slots of the template instead of what the engine knows; null for nothing.</param>
    /// <param name="areas">The codes of the areas that are told, some of the station's; null for all of them.</param>
    /// <param name="own">The words of an announcement; null to leave them.</param>
    /// <param name="who">The person.</param>
    public Answer Edit(long proposal, ImmutableDictionary<string, string>? slots, ImmutableArray<string>? areas, OwnWords? own, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var current = site();
        if (WrongSlots(slots) is { } wrong)
            return new Answer.Refused(wrong);
        return _commands.Decide(proposal, (connection, book, found) =>
        {
            if (WrongAreas(current, found.Station, areas) is { } why)
                return new Answer.Refused(why);
            if (own is not null && (found.Kind != BulletinKind.Announcement || WrongText(own) is not null))
                return new Answer.Refused(found.Kind == BulletinKind.Announcement
                    ? WrongText(own)!
                    : "The words of this bulletin are those that the carriers have approved: change its slots, or send an announcement.");
            new DecisionBook(connection, book).Edit(found, slots is { IsEmpty: true } ? null : slots, areas, own ?? found.Own, who.Trim());
            return new Answer.Done(null, proposal);
        });
    }

    /// <summary>Sends a person's own words to the people around a station; where the site wants two persons, it waits for the second.</summary>
    /// <param name="station">The station's id.</param>
    /// <param name="level">Who is told: everybody who wants to be told of this level.</param>
    /// <param name="own">The words.</param>
    /// <param name="areas">The codes of the areas, some of the station's; null for all of them.</param>
    /// <param name="who">The person.</param>
    public Answer Announce(string station, AlarmLevel level, OwnWords own, ImmutableArray<string>? areas, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var current = site();
        if (current.StationOf(station) is null)
            return new Answer.NotFound();
        if ((level == AlarmLevel.None ? "level is I, II or III: whoever wants to be told of it is told." : WrongText(own) ?? WrongAreas(current, station, areas)) is { } wrong)
            return new Answer.Refused(wrong);
        var answer = _commands.Write((connection, book) =>
        {
            var episode = new DecisionBook(connection, book).OpenAnnouncement(station, level);
            var draft = new Draft(
                episode, station, "announcement", Cause.Announcement, BulletinKind.Announcement, level, null, null, book.Now, book.Now + AnnouncementValidFor)
            {
                Own = own,
                Areas = areas,
            };
            var proposal = book.Propose(draft, null, current.DecidingOn(draft.Kind, level, null));
            return Decisions.Approved(connection, book, book.Proposal(proposal)!, who.Trim()) switch
            {
                Answer.Done done => done with { Id = proposal },
                // Whoever may not decide may still ask for it.
                Answer.Refused => new Answer.OneMore(1),
                var answer => answer,
            };
        });
        if (answer is Answer.Done { Bulletin: { } bulletin, Id: { } id })
        {
            bell.Ring();
            Log.Approved(logger, who, id, bulletin);
        }
        return answer;
    }

    static string? WrongSlots(ImmutableDictionary<string, string>? slots)
    {
        foreach (var (slot, text) in slots ?? ImmutableDictionary<string, string>.Empty)
        {
            if (!BulletinTemplate.SlotNames.Contains(slot))
                return $"There is no slot {slot}: {string.Join(", ", BulletinTemplate.SlotNames)}.";
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestSlot || text.Any(char.IsControl) || text.Contains('{') || text.Contains('}'))
                return $"{slot}: one to {LongestSlot} characters on one line, without braces.";
        }
        return null;
    }

    static string? WrongAreas(Site site, string station, ImmutableArray<string>? areas)
    {
        if (areas is not { } codes)
            return null;
        ImmutableArray<string> all = site.StationOf(station)?.Areas ?? [];
        return codes.IsEmpty ? "areas is empty: name at least one, or leave it out for all of them."
            : codes.FirstOrDefault(code => !all.Contains(code)) is { } strange ? $"{strange} is no area of the station: {string.Join(", ", all)}."
            : null;
    }

    static string? WrongText(OwnWords own) =>
        string.IsNullOrWhiteSpace(own.Vi) ? "text is missing: what people are to read, in Vietnamese."
        : own.Vi.Length > LongestText || own.En?.Length > LongestText ? $"A text has {LongestText} characters at most."
        : (own.Vi + own.En).Any(one => char.IsControl(one) && one != '\n') ? "A text has no control characters."
        : null;
}
