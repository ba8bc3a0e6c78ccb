using System.Text;

namespace CanhLu.Ingest.Decoders;

/// <summary>The topics of a <see cref="Decoder"/>: literal levels, <c>+</c> for any one, <c>{device}</c> once for the one that names the device, <c>#</c> at the
/// end for all that follows (MQTT 5.0, 4.7).</summary>
public sealed class TopicPattern
{
    /// <summary>The longest pattern, letters.</summary>
    public const int Longest = 200;

    // Null: any one level.
    readonly byte[]?[] _levels;
    readonly int _device;
    readonly bool _takesRest;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is none; see <see cref="FaultOf"/>.</exception>
    public TopicPattern(string pattern)
    {
        if (FaultOf(pattern) is var (fault, remedy))
            throw new ArgumentException($"The pattern {pattern} {fault}; {remedy}.", nameof(pattern));
        var levels = pattern.Split('/');
        _takesRest = levels[^1] == "#";
        _device = Array.IndexOf(levels, Decoder.DeviceLevel);
        _levels = [.. levels.Take(_takesRest ? levels.Length - 1 : levels.Length).Select(level => level is "+" or Decoder.DeviceLevel ? null : Encoding.UTF8.GetBytes(level))];
        Filter = pattern.Replace(Decoder.DeviceLevel, "+", StringComparison.Ordinal);
        IsOpen = _takesRest || levels[^1] == "+";
    }

    /// <summary>What a broker is asked for: the pattern with <c>+</c> where the device stands.</summary>
    public string Filter { get; }

    /// <summary>Whether its last level may be anything, so that other messages than those meant may come by it.</summary>
    public bool IsOpen { get; }

    /// <summary>What is wrong with a pattern, and what would be right; null when nothing is.</summary>
    public static (string Fault, string Remedy)? FaultOf(string pattern)
    {
        const string Levels = "write levels between slashes, + for any one, {device} for the one that names the device";
        const string Once = "write {device} once, where the topic names the device";
        if (pattern.Length is 0 or > Longest || pattern.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)))
            return ("is no topic", Levels);
        if (pattern.StartsWith('$'))
            return ("belongs to the broker itself", Levels);
        var levels = pattern.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == "#" && i < levels.Length - 1)
                return ("goes on after #", Levels);
            if (levels[i] is not ("+" or "#" or Decoder.DeviceLevel) && levels[i].AsSpan().ContainsAny("+#{}"))
                return ("has a sign that is a whole level or nothing", Levels);
        }
        return levels.Count(level => level == Decoder.DeviceLevel) switch
        {
            0 => ("names no device", Once),
            1 => null,
            _ => ("names the device twice", Once),
        };
    }

    /// <summary>Whether a topic is one of these.</summary>
    /// <param name="topic">The topic, UTF-8.</param>
    /// <param name="device">The level that names the device; of no meaning when it is none of these.</param>
    /// <param name="rest">What follows where the pattern has <c>#</c>, without the slash before it.</param>
    public bool Matches(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> device, out ReadOnlySpan<byte> rest)
    {
        device = default;
        rest = topic;
        if (topic.StartsWith((byte)'$'))
            return false;
        for (var i = 0; i < _levels.Length; i++)
        {
            if (i > 0 && rest.IsEmpty)
                return false;
            // Past a slash: "a/" has two levels, of which the second is empty.
            if (i > 0)
                rest = rest[1..];
            var slash = rest.IndexOf((byte)'/');
            var level = slash < 0 ? rest : rest[..slash];
            if (_levels[i] is { } wanted && !level.SequenceEqual(wanted))
                return false;
            if (i == _device)
                device = level;
            rest = rest[level.Length..];
        }
        if (!rest.IsEmpty && !_takesRest)
            return false;
        rest = rest.IsEmpty ? rest : rest[1..];
        return !device.IsEmpty;
    }

    /// <summary>Whether there is a topic that both match: it would come twice.</summary>
    public bool Overlaps(TopicPattern other)
    {
        for (var i = 0; ; i++)
        {
            var (isEnd, isOtherEnd) = (i == _levels.Length, i == other._levels.Length);
            if ((isEnd && _takesRest) || (isOtherEnd && other._takesRest))
                return true;
            if (isEnd || isOtherEnd)
                return isEnd && isOtherEnd;
            if (_levels[i] is { } mine && other._levels[i] is { } theirs && !mine.AsSpan().SequenceEqual(theirs))
                return false;
        }
    }
}
