using System.Collections.Immutable;
using CanhLu.Database;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>The officers and the duty list: who decides, when, and who is asked after him.</summary>
public sealed class DutyList(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics)
{
    /// <summary>No turn is longer.</summary>
    public static readonly Duration LongestShift = Duration.FromDays(7);

    /// <summary>No deputy stands further behind.</summary>
    public const int LastPlace = 9;

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>The officers, by name.</summary>
    public ImmutableArray<Officer> Officers() => Read(book => book.All());

    /// <summary>The turns that are on or to come, in order.</summary>
    public ImmutableArray<Shift> Shifts() => Read(book => book.ToCome());

    /// <summary>Whom we asked about a proposal.</summary>
    public ImmutableArray<Call> Calls(long proposal) => Read(book => book.Calls(proposal));

    /// <summary>Enters an officer.</summary>
    /// <param name="name">The name by which the person decides; no other officer has it.</param>
    /// <param name="role">What the person may decide.</param>
    /// <param name="phone">E.164.</param>
    /// <param name="who">Who enters it.</param>
    public Answer Enter(string name, OfficerRole role, string phone, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Write(book =>
            book.All().Find(one => Same(one.Name, name)) is { } known ? new Answer.Refused($"There is an officer {known.Name} already: choose a name that tells them apart.")
            : book.All().Exists(one => one.Phone == phone) ? new Answer.Refused("Another officer has this number.")
            : new Answer.Done(null, book.Enter(name.Trim(), role, phone, who)));
    }

    /// <summary>Ends an officer's part.</summary>
    public Answer Leave(long officer, string who) => Write(book =>
    {
        if (book.Of(officer) is not { } known)
            return new Answer.NotFound();
        book.Leave(known, who);
        return new Answer.Done(null, officer);
    });

    /// <summary>Adds a turn, and the same one in each of the weeks that follow.</summary>
    /// <param name="officer">The officer's number.</param>
    /// <param name="place">1: on duty; 2, 3…: deputies in that order.</param>
    /// <param name="from">When it begins.</param>
    /// <param name="until">When it is over, at most <see cref="LongestShift"/> later.</param>
    /// <param name="weeks">In how many weeks, from 1 on.</param>
    /// <param name="who">Who enters it.</param>
    public Answer AddShift(long officer, int place, Instant from, Instant until, int weeks, string who) => Write(book =>
    {
        if (book.Of(officer) is not { } known)
            return new Answer.NotFound();
        if (place is < 1 or > LastPlace)
            return new Answer.Refused($"place is 1 for who is on duty, 2 to {LastPlace} for deputies.");
        if (until <= from || until - from > LongestShift)
            return new Answer.Refused($"until lies after from, by {LongestShift.TotalDays:0} days at most.");
        if (weeks is < 1 or > 53)
            return new Answer.Refused("weeks is a number from 1 to 53.");
        var first = book.AddShift(known, place, from, until, who);
        for (var week = 1; week < weeks; week++)
            book.AddShift(known, place, from + Duration.FromDays(7 * week), until + Duration.FromDays(7 * week), who);
        return new Answer.Done(null, first);
    });

    /// <summary>Takes a turn off the list.</summary>
    public Answer RemoveShift(long shift, string who) =>
        Write(book => book.RemoveShift(shift, who) ? new Answer.Done(null, shift) : new Answer.NotFound());

    /// <summary>An officer says that a reminder was heard: by the link, or by replying with the code.</summary>
    /// <param name="code">The reminder's code.</param>
    /// <param name="phone">The number that the reply came from, E.164; null when it came by the link.</param>
    public Answer Acknowledge(string code, string? phone = null) => Write(book =>
    {
        switch (book.CallOf(code.Trim()))
        {
            case null:
                return new Answer.NotFound();
            // Somebody else's reply with a guessed code says nothing of this officer.
            case { } other when phone is not null && phone != other.Phone:
                return new Answer.NotFound();
            case { AcknowledgedAt: { } at } known:
                return new Answer.AlreadyDone("heard", known.Name, at);
            case var call:
                book.Acknowledge(call);
                return new Answer.Done(null, call.Proposal);
        }
    });

    static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.CurrentCultureIgnoreCase);

    ImmutableArray<T> Read<T>(Func<OfficerBook, List<T>> query) =>
        [.. operations.Read(connection => query(new OfficerBook(connection, new DutyBook(connection, clock.GetCurrentInstant()))))];

    Answer Write(Func<OfficerBook, Answer> command) =>
        _commands.Write((SqliteConnection connection, DutyBook book) => command(new OfficerBook(connection, book)));
}
