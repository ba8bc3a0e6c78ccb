namespace CanhLu.Duty;

/// <summary>Brings what people changed beside the site's files, devices and calibrations, into force without a restart.</summary>
public sealed class SiteTakeOver
{
    /// <summary>Asks for it; true when it is in force, false when it will be later: it is a row by then. The host sets it; null until its way in is open, and when it stops.</summary>
    public Func<CancellationToken, Task<bool>>? Ask { get; set; }

    /// <summary>Asks for it, if anybody hears.</summary>
    public async Task<bool> AskAsync(CancellationToken cancellation) => Ask is { } ask && await ask(cancellation);
}
