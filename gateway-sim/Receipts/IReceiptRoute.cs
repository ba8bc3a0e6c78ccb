using CanhLu.GatewaySim.Handsets;

namespace CanhLu.GatewaySim.Receipts;

/// <summary>How a carrier tells its customer what became of a message.</summary>
interface IReceiptRoute
{
    /// <summary>Whether there is anybody to tell, and anything.</summary>
    bool Has(Letter letter);

    /// <summary>Tells it.</summary>
    /// <returns>Null when it was heard; when to try again; or infinity when it is given up.</returns>
    Task<TimeSpan?> Send(Letter letter, int attempt, CancellationToken token);
}
