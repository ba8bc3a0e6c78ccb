namespace CanhLu.Archive.Influx;

/// <summary>What came of one request to write some lines.</summary>
abstract record InfluxAnswer
{
    /// <summary>All of them are stored.</summary>
    public sealed record Accepted : InfluxAnswer
    {
        public static readonly Accepted Instance = new();
    }

    /// <summary>Not now: the server is away or overloaded, or does not let us in. The same lines again, later.</summary>
    /// <param name="Reason">Why, with the remedy where there is one.</param>
    /// <param name="After">How long the server asks to be left alone; null when it does not say.</param>
    public sealed record Later(string Reason, TimeSpan? After = null) : InfluxAnswer;

    /// <summary>Some of them will never be taken; the others may have been.</summary>
    /// <param name="Reason">Why, in the server's words.</param>
    /// <param name="Dropped">How many, if it says.</param>
    public sealed record Refused(string Reason, int? Dropped) : InfluxAnswer;

    /// <summary>They are too much for one request.</summary>
    public sealed record TooLarge(string Reason) : InfluxAnswer;
}
