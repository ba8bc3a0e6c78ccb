using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Asks the officers on duty to decide: each once when it is his turn, and once more when half of his time has passed without an answer.</summary>
/// <remarks>By what is so: whoever is on duty at a place that is asked, and has not been called, is called now.</remarks>
sealed class Reminders(SqliteConnection connection, DutyBook book, Site site)
{
    readonly OfficerBook _officers = new(connection, book);

    /// <summary>Calls whoever is to be called.</summary>
    /// <returns>How many were reminded.</returns>
    public int Settle()
    {
        var reminded = 0;
        var onDuty = _officers.OnDuty();
        foreach (var proposal in book.WaitingProposals())
        {
            foreach (var officer in NotYetCalled(proposal, onDuty))
            {
                var code = _officers.NewCode();
                var again = proposal.DecideBy is { } by ? book.Now + ((by - book.Now) / 2) : (Instant?)null;
                _officers.Call(proposal, officer, Remind(proposal, officer, code, false), code, again);
                reminded++;
            }
        }
        foreach (var (id, proposal, officer, code) in _officers.Unanswered())
        {
            if (_officers.Of(officer) is not { } person || book.Proposal(proposal) is not { } waiting)
                continue;
            _officers.CallAgain(id, Remind(waiting, person, code, true));
            reminded++;
        }
        return reminded;
    }

    /// <summary>Whether <see cref="Settle"/> would do something; a read, so that looking costs no write.</summary>
    public bool IsAnythingToDo()
    {
        if (_officers.Unanswered().Count > 0)
            return true;
        var onDuty = _officers.OnDuty();
        return onDuty.Count > 0 && book.WaitingProposals().Exists(proposal => NotYetCalled(proposal, onDuty).Count > 0);
    }

    List<Officer> NotYetCalled(Proposal proposal, List<(Officer Officer, int Place)> onDuty)
    {
        var places = onDuty.Select(one => one.Place).Distinct().Order().Take(proposal.Asked).ToHashSet();
        var called = _officers.Calls(proposal.Id).Select(call => call.Phone).ToHashSet();
        return [.. onDuty.Where(one => places.Contains(one.Place)).Select(one => one.Officer).Where(officer => called.Add(officer.Phone))];
    }

    long Remind(Proposal proposal, Officer officer, string code, bool isAgain) => book.Publish(
        Draft.Of(proposal) with
        {
            Kind = BulletinKind.Reminder,
            Own = ReminderWording.Of(proposal, site, code, isAgain),
            Slots = null,
            Areas = null,
            OnlyTo = officer.Phone,
        },
        AuditEntry.Auto, proposal.Id);
}
