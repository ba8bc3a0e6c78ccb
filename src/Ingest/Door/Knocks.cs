using System.Text;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Who was refused at the door of late, for the technician who waits for a device to come in.</summary>
/// <remarks>
/// Bounded: those longest silent make way, and names and identifiers are cut. A name that nobody has may be a password in the wrong field, so it is shown in clear only when the
/// client bears it out: by its identifier, or by a last will on that name's own topic.
/// </remarks>
/// <param name="accounts">Whose names are known.</param>
/// <param name="clock">When they came.</param>
public sealed class Knocks(Accounts accounts, IClock clock)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 256;

    const int Longest = 64;

    readonly Lock _gate = new();
    readonly Dictionary<string, LinkedListNode<Knock>> _byName = new(StringComparer.Ordinal);
    readonly LinkedList<Knock> _all = [];

    /// <summary>Who was refused and has not come in since, the last first.</summary>
    public IReadOnlyList<Knock> Latest()
    {
        lock (_gate)
            return [.. _all.Reverse()];
    }

    internal void Add(ConnectPacket connect, string name, string address, KnockReason reason)
    {
        var isClear = accounts.Book.Find(name) is not null || Account.IsName(name) && (connect.ClientId == name || SpeaksFor(name, connect.Will));
        var shown = isClear ? name : $"{new string([.. name.Take(2).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?')])}*** ({Encoding.UTF8.GetByteCount(name)})";
        var client = connect.ClientId == name && !isClear ? "" : connect.ClientId.Length > Longest ? connect.ClientId[..Longest] : connect.ClientId;
        var now = clock.GetCurrentInstant();
        lock (_gate)
        {
            var before = Forget(shown);
            _byName[shown] = _all.AddLast(new Knock(shown, isClear, client, address, reason, before?.FirstAt ?? now, now, (before?.Times ?? 0) + 1));
            if (_all.Count > Most)
                Forget(_all.First!.Value.Name);
        }
    }

    internal void CameIn(string name)
    {
        lock (_gate)
            Forget(name);
    }

    static bool SpeaksFor(string name, Will? will) => will is not null && will.Topic.AsSpan().SequenceEqual(new OwnTopics(name).Status);

    Knock? Forget(string name)
    {
        if (!_byName.Remove(name, out var node))
            return null;
        _all.Remove(node);
        return node.Value;
    }
}
