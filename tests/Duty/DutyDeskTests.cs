using CanhLu.Duty;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class DutyDeskTests : IDisposable
{
    const int Deadline = 30_000;

    readonly DutyOffice _office = new();

    [Fact(Timeout = Deadline)]
    public async Task What_is_heard_is_on_disk_when_the_bell_rings()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _office.Desk.StartAsync(cancellation);
        await _office.Alarms.Writer.WriteAsync(Say.Ladder(I, 0), cancellation);
        await _office.Bell.WaitAsync(cancellation);
        Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(1, await _office.Changes.WaitAsync(0, cancellation));
        await _office.Desk.StopAsync(cancellation);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_storm_is_heard_whole_and_the_desk_ends_with_its_channel()
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var i = 0; i < 500; i++)
            Assert.True(_office.Alarms.Writer.TryWrite(Say.Ladder(i % 2 == 0 ? II : None, i, station: $"s{i / 2}")));
        _office.Alarms.Writer.Complete();
        await _office.Desk.StartAsync(cancellation);
        await _office.Desk.ExecuteTask!;
        Assert.Equal(250, _office.Log.Episodes(1000).Length);
        Assert.Equal(500, _office.Log.Bulletins(1000).Length);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_stop_hears_what_was_already_said()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _office.Desk.StartAsync(cancellation);
        for (var i = 0; i < 200; i++)
            await _office.Alarms.Writer.WriteAsync(Say.Ladder(I, 0, station: $"s{i}"), cancellation);
        await _office.Desk.StopAsync(cancellation);
        Assert.Equal(200, _office.Log.OpenEpisodes().Length);
    }

    [Fact(Timeout = Deadline)]
    public async Task On_a_full_disk_alarms_are_held_and_heard_when_there_is_room()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _office.SetFull(true);
        await _office.Desk.StartAsync(cancellation);
        for (var i = 0; i < 300; i++)
            await _office.Alarms.Writer.WriteAsync(Say.Ladder(I, 0, station: $"station-{i}"), cancellation);
        await Until(() => !_office.Desk.IsStoring);
        Assert.True(_office.Log.OpenEpisodes().Length < 300);
        _office.SetFull(false);
        await Until(() => _office.Log.OpenEpisodes().Length == 300);
        Assert.True(_office.Desk.IsStoring);
        Assert.Equal(300, _office.Log.Bulletins(1000).Length);
        await _office.Desk.StopAsync(cancellation);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_full_disk_does_not_hold_up_a_stop()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _office.SetFull(true);
        await _office.Desk.StartAsync(cancellation);
        for (var i = 0; i < 300; i++)
            await _office.Alarms.Writer.WriteAsync(Say.Ladder(I, 0, station: $"station-{i}"), cancellation);
        await Until(() => !_office.Desk.IsStoring);
        await _office.Desk.StopAsync(cancellation);
        Assert.True(_office.Desk.ExecuteTask!.IsCompleted);
        Assert.False(_office.Desk.IsStoring);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_proposal_expires_by_itself_when_its_time_is_up()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _office.Site = DutyOffice.SiteWith(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0));
        await _office.Desk.StartAsync(cancellation);
        _office.Clock.Advance(Duration.FromHours(2));
        _office.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_office.Log.WaitingProposals());
        _office.Clock.Advance(Duration.FromMinutes(1));
        await Until(() => _office.Log.WaitingProposals().IsEmpty);
        var expired = Assert.Single(_office.Log.Proposals(10));
        Assert.Equal((ProposalState.Expired, "auto", "nobody decided in time"), (expired.State, expired.DecidedBy, expired.Reason));
        await _office.Desk.StopAsync(cancellation);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_mistake_of_ours_ends_the_desk()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _office.Operations.Write(connection => Dapper.SqlMapper.Execute(connection, "DROP TABLE audit"));
        await _office.Desk.StartAsync(cancellation);
        await _office.Alarms.Writer.WriteAsync(Say.Ladder(I, 0), cancellation);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => _office.Desk.ExecuteTask!);
        Assert.Empty(_office.Log.OpenEpisodes());
    }

    [Fact(Timeout = Deadline)]
    public async Task Watchers_of_changes_are_told_once_however_many_there_were()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var waiting = _office.Changes.WaitAsync(0, cancellation);
        Assert.False(waiting.IsCompleted);
        for (var i = 0; i < 3; i++)
            _office.Changes.Advance();
        Assert.InRange(await waiting, 1, 3);
        Assert.Equal(3, await _office.Changes.WaitAsync(2, cancellation));
    }

    public void Dispose() => _office.Dispose();

    // Real threads do the work while the fake time goes on.
    async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _office.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
