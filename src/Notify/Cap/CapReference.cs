namespace CanhLu.Notify.Cap;

/// <summary>A message that was published, as later ones name it.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Identifier">Its identifier.</param>
/// <param name="Sent">When, as it stands in the message.</param>
public sealed record CapReference(string Sender, string Identifier, string Sent)
{
    /// <summary><c>sender,identifier,sent</c>.</summary>
    public override string ToString() => $"{Sender},{Identifier},{Sent}";
}
