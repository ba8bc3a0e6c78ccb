namespace CanhLu.Ingest;

/// <summary>A message on its way to those who watch; shared by all of them.</summary>
sealed record TailMessage(byte[] Topic, byte[] Payload, bool Retain)
{
    /// <summary>What it weighs in a tail's bound: its bytes and the objects around them.</summary>
    public int Weight => Topic.Length + Payload.Length + 100;
}
