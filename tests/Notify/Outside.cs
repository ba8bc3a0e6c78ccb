using System.Collections.Concurrent;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;

namespace CanhLu.Tests.Notify;

/// <summary>A carrier that does what it is told, and remembers what it took: by key, as a real one that blocks repeats.</summary>
/// <param name="id">Its id.</param>
/// <param name="answer">What it does with a letter; null accepts everything.</param>
sealed class ScriptedCarrier(string id, Func<Letter, Script>? answer = null) : ICarrier
{
    readonly ConcurrentDictionary<string, Letter> _taken = new();
    int _asked;

    public string Id => id;

    public char KeyLetter { get; init; } = id[0];

    public CarrierTerms Terms { get; init; } = new(100_000, 16, null);

    /// <summary>What it took, by key.</summary>
    public IReadOnlyDictionary<string, Letter> Taken => _taken;

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>Completes before each answer; to stall it.</summary>
    public Func<Task> Wait { get; set; } = () => Task.CompletedTask;

    /// <summary>What it does; may be changed at any time.</summary>
    public Func<Letter, Script> Answer { get; set; } = answer ?? (_ => Script.Take);

    public bool ChargesBySegment { get; init; } = true;

    /// <summary>What it says of its account.</summary>
    public Allowance? Left { get; set; }

    public Task<Allowance?> AskAllowance(CancellationToken cancellation) => Task.FromResult(Left);

    /// <summary>What it says when it is asked what became of a letter.</summary>
    public Func<string, Task<Receipt?>> Say { get; set; } = _ => Task.FromResult<Receipt?>(null);

    public bool CanSay(Wording wording) => true;

    public Task<Receipt?> Ask(string reference, CancellationToken cancellation) => Say(reference);

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        await Wait();
        var script = Answer(letter);
        if (script.Takes)
            _taken.TryAdd(letter.Key, letter);
        return script.Says;
    }

    public CallbackReading Read(Callback callback) => new CallbackReading.Other("");
}

/// <summary>What a carrier does with a letter.</summary>
/// <param name="Takes">Whether it takes it.</param>
/// <param name="Says">What it answers.</param>
sealed record Script(bool Takes, Receipt Says)
{
    public static Script Take { get; } = new(true, new Receipt.Accepted("ref"));

    public static Script LoseTheAnswer { get; } = new(true, new Receipt.Ambiguous("no answer in time"));

    public static Script LoseTheRequest { get; } = new(false, new Receipt.Ambiguous("no answer in time"));

    public static Script Busy { get; } = new(false, new Receipt.TryLater("-100", "busy"));

    public static Script Throttled { get; } = new(false, new Receipt.TryLater("160", "too fast", TimeSpan.FromMilliseconds(2), Everyone: true));

    public static Script Never { get; } = new(false, new Receipt.Refused("-118", "no account", TryNextCarrier: true, Remember: true));

    public static Script Stopped { get; } = new(false, new Receipt.ChannelStopped("103", "the balance is used up", "Top up.", TimeSpan.FromMilliseconds(20)));
}
