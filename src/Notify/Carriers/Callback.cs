namespace CanhLu.Notify.Carriers;

/// <summary>A request that a carrier made to us, as it came.</summary>
/// <param name="Query">The query string, with or without its question mark.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Header">Gives a header by its name; null when there is none.</param>
public sealed record Callback(string Query, ReadOnlyMemory<byte> Body, Func<string, string?> Header);

/// <summary>What a callback says: the closed set.</summary>
public abstract record CallbackReading
{
    CallbackReading()
    {
    }

    /// <summary>It reports on a delivery.</summary>
    /// <param name="Key">The delivery's key.</param>
    /// <param name="Receipt">What became of it.</param>
    public sealed record Report(string Key, Receipt Receipt) : CallbackReading
    {
        /// <summary>The carrier's own id of the recipient; null when it does not say.</summary>
        public string? User { get; init; }
    }

    /// <summary>It reports on several deliveries at once.</summary>
    /// <param name="All">On which, and what.</param>
    public sealed record Reports(IReadOnlyList<Report> All) : CallbackReading;

    /// <summary>A recipient writes to us.</summary>
    /// <param name="From">Who, as the carrier names people: a telephone number, or an id of the carrier's own.</param>
    /// <param name="Text">What.</param>
    /// <param name="Message">The carrier's id of the message, by which a repeat is known; null when it gives none.</param>
    public sealed record Reply(string From, string Text, string? Message) : CallbackReading;

    /// <summary>It is about something that we do not follow.</summary>
    /// <param name="What">What.</param>
    public sealed record Other(string What) : CallbackReading;

    /// <summary>It is not from the carrier.</summary>
    /// <param name="Why">What gives it away.</param>
    public sealed record Forged(string Why) : CallbackReading;

    /// <summary>Whether it is true could not be found out just now: it is to come again.</summary>
    public sealed record Unconfirmed : CallbackReading;

    /// <summary>It cannot be read.</summary>
    /// <param name="Why">What is wrong.</param>
    public sealed record Unreadable(string Why) : CallbackReading;
}
