using System.Text;

namespace CanhLu.Ingest.Native;

/// <summary>What a topic is for.</summary>
enum TopicKind
{
    /// <summary>None of ours.</summary>
    Unknown,

    /// <summary><c>canhlu/v1/{device}/up</c>: readings.</summary>
    Up,

    /// <summary><c>canhlu/v1/{device}/status</c>: online or offline, often a last will.</summary>
    Status,
}

/// <summary>The native topics.</summary>
static class NativeTopic
{
    const int MaxId = 64;

    static ReadOnlySpan<byte> Stem => "canhlu/v1/"u8;

    /// <summary>The kind of a topic and the device in it; the device is empty when the topic tells none.</summary>
    public static TopicKind Parse(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> device)
    {
        device = default;
        if (!topic.StartsWith(Stem))
            return TopicKind.Unknown;
        topic = topic[Stem.Length..];
        var slash = topic.IndexOf((byte)'/');
        if (slash is <= 0 or > MaxId)
            return TopicKind.Unknown;
        device = topic[..slash];
        topic = topic[(slash + 1)..];
        return topic.SequenceEqual("up"u8) ? TopicKind.Up : topic.SequenceEqual("status"u8) ? TopicKind.Status : TopicKind.Unknown;
    }

    /// <summary>An id as a name that can be shown: empty unless it is made of letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public static string NameOf(ReadOnlySpan<byte> id)
    {
        foreach (var letter in id)
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_' or (byte)'.'))
                return "";
        return Encoding.ASCII.GetString(id);
    }
}
