using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Waits until there is nothing left to tell: for the demonstration's end, for a stop in good order, and for tests.</summary>
/// <param name="operations">Where deliveries are kept.</param>
/// <param name="changes">Says when to look again.</param>
/// <param name="clock">The engine's clock.</param>
/// <param name="time">Real time.</param>
public sealed class Quiet(Operations operations, ChangeSignal changes, IClock clock, TimeProvider time)
{
    /// <summary>For what changes without a signal: Duty's new bulletins.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What is not settled yet.</summary>
    public Backlog Backlog() => operations.Read(connection =>
        connection.QuerySingle<Backlog>(Statements.Of("backlog"), new { now = clock.GetCurrentInstant() }));

    /// <summary>Completes when every bulletin is planned and no delivery is planned or under way.</summary>
    public Task Wait(CancellationToken cancellation) => Wait(backlog => backlog.IsQuiet, cancellation);

    /// <summary>Completes when, besides, carriers have reported on all that they accepted.</summary>
    public Task WaitForReports(CancellationToken cancellation) =>
        Wait(backlog => backlog.IsQuiet && backlog.AwaitingReport == 0, cancellation);

    async Task Wait(Func<Backlog, bool> enough, CancellationToken cancellation)
    {
        while (true)
        {
            var version = changes.Version;
            if (enough(Backlog()))
                return;
            var changed = changes.WaitAsync(version, cancellation);
            await Task.WhenAny(changed, Task.Delay(LookEvery, time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
