namespace CanhLu.Ingest;

/// <summary>A topic as it is published on (MQTT 5.0, 4.7): not empty, no wildcard, no U+0000.</summary>
static class TopicName
{
    public static bool IsValid(ReadOnlySpan<byte> topic) =>
        !topic.IsEmpty && !topic.ContainsAny((byte)'+', (byte)'#') && WireReader.IsText(topic);
}
