using NodaTime;

namespace CanhLu.Notify.Cap;

/// <summary>A message that was published: a row that never changes.</summary>
public sealed record CapMessage
{
    /// <summary>The bulletin that it tells.</summary>
    public required long BulletinId { get; init; }

    /// <summary>Whether it takes back the message of the same bulletin, whose broadcast a person has stopped.</summary>
    public bool Withdrawal { get; init; }

    /// <summary>The bulletin's episode.</summary>
    public required long Episode { get; init; }

    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Actual, Exercise or Test.</summary>
    public required string Status { get; init; }

    /// <summary>Alert, Update or Cancel.</summary>
    public required string MsgType { get; init; }

    /// <summary>Who spoke.</summary>
    public required string Sender { get; init; }

    /// <summary>Its identifier.</summary>
    public required string Identifier { get; init; }

    /// <summary>When, as it stands in the message.</summary>
    public required string Sent { get; init; }

    /// <summary>When.</summary>
    public required Instant SentAt { get; init; }

    /// <summary>When it no longer holds.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>Its Vietnamese headline.</summary>
    public required string Title { get; init; }

    /// <summary>Its Vietnamese words.</summary>
    public required string Summary { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Xml { get; init; }
}
