using CanhLu.Database;
using Dapper;

namespace CanhLu.Notify;

/// <summary>Waits until there is nothing left to tell: for the demonstration's end, for a stop in good order, and for tests.</summary>
public sealed class Quiet
{
    /// <summary>For what changes without a signal: Duty's new bulletins.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    readonly Operations _operations;
    readonly Plans _plans;
    readonly Governor _governor;
    readonly ChangeSignal _changes;
    readonly TimeProvider _time;

    internal Quiet(Operations operations, Plans plans, Governor governor, ChangeSignal changes, TimeProvider time) =>
        (_operations, _plans, _governor, _changes, _time) = (operations, plans, governor, changes, time);

    /// <summary>What is not settled yet.</summary>
    public Backlog Backlog() => _operations.Read(connection => connection.QuerySingle<Backlog>(Statements.Of("backlog")) with
    {
        Owed = _plans.Payable(connection).Sum(one => one.People),
        Loose = _governor.Loose(connection).Sum(one => one.Deliveries),
    });

    /// <summary>Completes when every bulletin is planned and no delivery is planned or under way.</summary>
    public Task Wait(CancellationToken cancellation) => Wait(backlog => backlog.IsQuiet, cancellation);

    /// <summary>Completes when, besides, carriers have reported on all that they accepted.</summary>
    public Task WaitForReports(CancellationToken cancellation) =>
        Wait(backlog => backlog.IsQuiet && backlog.AwaitingReport == 0, cancellation);

    async Task Wait(Func<Backlog, bool> enough, CancellationToken cancellation)
    {
        while (true)
        {
            var version = _changes.Version;
            if (enough(Backlog()))
                return;
            var changed = _changes.WaitAsync(version, cancellation);
            await Task.WhenAny(changed, Task.Delay(LookEvery, _time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
