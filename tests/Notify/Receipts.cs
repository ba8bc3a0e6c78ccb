using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Dapper;

namespace CanhLu.Tests.Notify;

/// <summary>Reports and their lack, without waiting for either.</summary>
static class Receipts
{
    /// <summary>An hour, so that nothing is overdue before the test says so.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    /// <summary>A carrier reports on a delivery later.</summary>
    public static async Task<Settled> Report(this Engine engine, string key, Receipt receipt)
    {
        var settlement = new Settlement("zalo", key, receipt, IsAnswer: false);
        await engine.Get<Settling>().Post(settlement);
        return await settlement.Done;
    }

    /// <summary>Every report that is waited for is overdue now.</summary>
    public static void Overdue(this River river) => river.Operations.Write(connection =>
        connection.Execute("UPDATE deliveries SET receipt_due_at = 0 WHERE receipt_due_at IS NOT NULL"));

    /// <summary>How many reports are waited for.</summary>
    public static int Awaited(this River river) => river.Ask<int>("SELECT count(*) FROM deliveries WHERE receipt_due_at IS NOT NULL");

    /// <summary>Every report is overdue, and that has been looked at and acted upon.</summary>
    public static async Task FallSilent(this Engine engine, River river)
    {
        river.Overdue();
        await Engine.Until(() => river.Awaited() == 0);
        await engine.Settle();
    }
}
