namespace CanhLu.Ingest;

/// <summary>Failed logins of one name from one address.</summary>
/// <param name="since">When the present minute of them began, as a timestamp of the door's timer.</param>
sealed class LoginTrouble(long since)
{
    public long Since { get; set; } = since;

    public long LastAt { get; set; } = since;

    /// <summary>Within the present minute.</summary>
    public int Recent { get; set; }

    public int All { get; set; }

    /// <summary>Whether the log said that it began.</summary>
    public bool IsTold { get; set; }
}
