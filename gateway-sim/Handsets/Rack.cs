using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.GatewaySim.Handsets;

/// <summary>All telephones, with what they have received.</summary>
sealed class Rack
{
    // About 300 bytes a letter: 300 MB. The oldest make room, and are counted.
    const int MostLetters = 1_000_000;

    static readonly Duration KeyHolds = Duration.FromHours(24);
    static readonly Duration TextHolds = Duration.FromMinutes(5);

    readonly Lock _lock = new();

    // All below guarded by _lock.
    readonly Dictionary<string, List<string>> _handsets = [];
    readonly List<string> _phones = [];
    readonly Dictionary<string, Letter> _letters = [];
    readonly Queue<string> _oldest = new();
    readonly Dictionary<(string Carrier, string Key), string> _byKey = [];
    readonly Dictionary<(string Carrier, string Phone, string Text), string> _byText = [];
    long _version;

    /// <summary>Grows with every change.</summary>
    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    /// <summary>Takes a letter, unless its key, or its text where that is asked for, is known.</summary>
    public Acceptance Accept(Letter letter, bool blockKeys, bool blockTexts)
    {
        lock (_lock)
        {
            var knownKey = letter.Key.Length > 0 && _byKey.TryGetValue((letter.Carrier, letter.Key), out var sameKey)
                && letter.AcceptedAt - _letters[sameKey].AcceptedAt < KeyHolds;
            var sameText = _byText.TryGetValue((letter.Carrier, letter.Phone, letter.Text), out var other) ? _letters[other] : null;
            if (knownKey && blockKeys)
            {
                return Acceptance.KnownKey;
            }

            if (blockTexts && sameText is not null && letter.AcceptedAt - sameText.AcceptedAt < TextHolds)
            {
                return Acceptance.KnownText;
            }

            Add(letter);
            return knownKey ? Acceptance.TakenAgain
                : sameText is not null && sameText.Key != letter.Key ? Acceptance.TakenTwice
                : Acceptance.Taken;
        }
    }

    /// <summary>Writes down where a letter is now; false when it is no longer kept.</summary>
    public bool Settle(string id, LetterState state, Instant at)
    {
        lock (_lock)
        {
            if (!_letters.TryGetValue(id, out var letter))
            {
                return false;
            }

            _letters[id] = letter with { State = state, SettledAt = at };
            _version++;
            return true;
        }
    }

    public Letter? Find(string id)
    {
        lock (_lock)
        {
            return _letters.GetValueOrDefault(id);
        }
    }

    /// <summary>Handsets in the order in which they first rang, each with its last letters, oldest first.</summary>
    public (long Version, int Total, ImmutableArray<(string Phone, int Count, ImmutableArray<Letter> Last)> Handsets) Look(string? like, int most, int last)
    {
        lock (_lock)
        {
            var phones = like is null ? _phones : _phones.Where(phone => phone.Contains(like, StringComparison.Ordinal));
            return (_version, _phones.Count,
            [
                .. phones.Take(most).Select(phone => (phone, _handsets[phone].Count,
                    _handsets[phone].TakeLast(last).Select(id => _letters[id]).ToImmutableArray())),
            ]);
        }
    }

    /// <summary>The last letters of all handsets, oldest first.</summary>
    public ImmutableArray<Letter> Last(int most)
    {
        lock (_lock)
        {
            return [.. _oldest.Skip(Math.Max(0, _oldest.Count - most)).Select(id => _letters[id])];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _handsets.Clear();
            _phones.Clear();
            _letters.Clear();
            _oldest.Clear();
            _byKey.Clear();
            _byText.Clear();
            _version++;
        }
    }

    void Add(Letter letter)
    {
        if (_oldest.Count == MostLetters)
        {
            Forget(_letters[_oldest.Dequeue()]);
        }

        if (!_handsets.TryGetValue(letter.Phone, out var handset))
        {
            _handsets[letter.Phone] = handset = [];
            _phones.Add(letter.Phone);
        }

        handset.Add(letter.Id);
        _letters[letter.Id] = letter;
        _oldest.Enqueue(letter.Id);
        _byText[(letter.Carrier, letter.Phone, letter.Text)] = letter.Id;
        if (letter.Key.Length > 0)
        {
            _byKey[(letter.Carrier, letter.Key)] = letter.Id;
        }

        _version++;
    }

    void Forget(Letter letter)
    {
        _letters.Remove(letter.Id);
        _handsets[letter.Phone].Remove(letter.Id);
        Remove(_byKey, (letter.Carrier, letter.Key), letter.Id);
        Remove(_byText, (letter.Carrier, letter.Phone, letter.Text), letter.Id);
    }

    static void Remove<TKey>(Dictionary<TKey, string> index, TKey key, string id)
        where TKey : notnull
    {
        if (index.GetValueOrDefault(key) == id)
        {
            index.Remove(key);
        }
    }
}
