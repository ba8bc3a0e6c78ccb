using System.Globalization;
using System.Reflection;
using System.Text;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>Feeds a target with everything that was ever found (<c>tests/Fuzz/corpus/{target}</c>), then with its seeds and with mutations of them, as long as time is given.</summary>
/// <remarks>
/// An input that makes the target answer as none did before is mutated further, so that the search comes deeper. The same <c>CANHLU_SEED</c> gives the same inputs in the same order. What breaks a law is made
/// smaller, kept in a file beside the tests' output, and named by the failure. A target that does not come back, or takes the process with it, leaves its input in <c>{target}.now</c> there.
/// </remarks>
/// <param name="target">Its name, and its folder's.</param>
/// <param name="output">Where the figures go.</param>
sealed class Fuzzer(string target, ITestOutputHelper output)
{
    const int OrdinarySeed = 20_251_029;
    const int MostKept = 400;
    const int LongestKept = 8 * 1024;
    const int Shrinks = 2_000;

    static readonly TimeSpan Ordinary = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Hung = TimeSpan.FromSeconds(30);

    static readonly Lazy<int> Targets = new(() => typeof(Fuzzer).Assembly.GetTypes().Where(type => type.Namespace == typeof(Fuzzer).Namespace)
        .Sum(type => type.GetMethods().Count(method => method.GetCustomAttribute<FactAttribute>() is not null)));

    byte[] _now = [];
    long _begun;

    /// <summary>Words of the target's language.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>No input is longer, bytes.</summary>
    public int Longest { get; init; } = 64 * 1024;

    /// <summary>Memory that an input may take, bytes, beside what its length may: measured where a law answers without waiting.</summary>
    public long Allowance { get; init; } = 1 << 20;

    /// <summary>Memory that each byte of an input may take.</summary>
    public long AllowanceOfByte { get; init; } = 64;

    static string Corpus(string target) => Path.Combine(Folders.Repository, "tests", "Fuzz", "corpus", target);

    static string Found { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "fuzz")).FullName;

    /// <summary>How long a target is tried: some seconds, or its share of <c>CANHLU_FUZZ_MINUTES</c>.</summary>
    static TimeSpan Span => double.TryParse(Environment.GetEnvironmentVariable("CANHLU_FUZZ_MINUTES"), CultureInfo.InvariantCulture, out var minutes)
        ? TimeSpan.FromMinutes(minutes) / Targets.Value
        : Ordinary;

    /// <summary>Tries a law; it returns in a few words how the input was answered, and throws when it is broken.</summary>
    public Task Run(IEnumerable<byte[]> seeds, Func<byte[], string> law) => Run(seeds, input => new ValueTask<string>(law(input)));

    /// <inheritdoc cref="Run(IEnumerable{byte[]}, Func{byte[], string})"/>
    public async Task Run(IEnumerable<byte[]> seeds, Func<byte[], ValueTask<string>> law)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CANHLU_SEED"), CultureInfo.InvariantCulture, out var given) ? given
            : Span > Ordinary ? Random.Shared.Next() : OrdinarySeed;
        output.WriteLine($"{target}: CANHLU_SEED={seed}, {Span.TotalSeconds:0.#} s");
        var working = Task.Factory.StartNew(() => Work(seed, [.. seeds], law), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50), RealTime.Provider);
        while (!working.IsCompleted)
        {
            await look.WaitForNextTickAsync();
            if (Volatile.Read(ref _begun) is > 0 and var begun && RealTime.Provider.GetElapsedTime(begun) > Hung)
                Assert.Fail($"{target}: no answer in {Hung.TotalSeconds:0} s to {Kept(seed, -1, Volatile.Read(ref _now))}");
        }
        output.WriteLine(await working);
    }

    async Task<string> Work(int seed, byte[][] seeds, Func<byte[], ValueTask<string>> law)
    {
        var kept = Directory.Exists(Corpus(target)) ? Directory.GetFiles(Corpus(target)).Order(StringComparer.Ordinal).ToArray() : [];
        foreach (var file in kept)
            await Try(seed, -1, await File.ReadAllBytesAsync(file), law, shrink: false);
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pool = new List<byte[]>();
        foreach (var one in seeds)
        {
            answers.TryAdd(await Try(seed, 0, one, law), 0);
            pool.Add(one);
        }
        pool.AddRange(kept.Select(File.ReadAllBytes).Where(one => one.Length <= LongestKept));
        var mutator = new Mutator(new Random(seed), [.. Words.Select(Encoding.UTF8.GetBytes)], Longest);
        var (since, number, longest) = (RealTime.Provider.GetTimestamp(), 0, 0);
        for (; RealTime.Provider.GetElapsedTime(since) < Span; number++)
        {
            var input = mutator.Next(pool);
            longest = Math.Max(longest, input.Length);
            var answer = await Try(seed, number, input, law);
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
            if (answers[answer] == 1 && pool.Count < MostKept && input.Length <= LongestKept)
                pool.Add(input);
        }
        File.Delete(Path.Combine(Found, $"{target}.now"));
        var often = answers.OrderByDescending(one => one.Value).Take(12).Select(one => $"{one.Value} {one.Key}");
        return $"{kept.Length} kept inputs, {number} new ones of {longest} bytes at most, {answers.Count} different answers: {string.Join("; ", often)}";
    }

    async ValueTask<string> Try(int seed, int number, byte[] input, Func<byte[], ValueTask<string>> law, bool shrink = true)
    {
        try
        {
            return await Measured(input, law);
        }
        catch (Exception broken)
        {
            var small = shrink ? await Smaller(input, broken.GetType(), law) : input;
            var shown = string.Concat(Encoding.UTF8.GetString(small).Select(letter => char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter));
            throw new InvalidOperationException(
                $"{target}, CANHLU_SEED={seed}, input {number}: {broken.Message}\n{Kept(seed, number, small)}\n{(shown.Length > 600 ? shown[..600] + "…" : shown)}", broken);
        }
    }

    /// <summary>The law within its time and its memory. What took too long is tried again: on a busy machine one long time proves nothing.</summary>
    async ValueTask<string> Measured(byte[] input, Func<byte[], ValueTask<string>> law)
    {
        var may = TimeSpan.FromSeconds(1) + TimeSpan.FromMicroseconds(input.Length);
        for (var attempt = 1; ; attempt++)
        {
            Volatile.Write(ref _now, input);
            Volatile.Write(ref _begun, RealTime.Provider.GetTimestamp());
            Note(input);
            var (before, thread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            var began = RealTime.Provider.GetTimestamp();
            var answering = law(input);
            var atOnce = answering.IsCompleted;
            var answer = await answering;
            var took = RealTime.Provider.GetElapsedTime(began);
            var memory = GC.GetAllocatedBytesForCurrentThread() - before;
            Volatile.Write(ref _begun, 0);
            if (atOnce && thread == Environment.CurrentManagedThreadId)
                Assert.True(memory <= Allowance + AllowanceOfByte * input.Length, $"{input.Length} bytes took {memory} bytes of memory");
            if (took <= may)
                return answer;
            Assert.True(attempt < 4, $"{input.Length} bytes took {took.TotalSeconds:0.0} s four times");
        }
    }

    /// <summary>So that a process that is no more still says what it was at. Only where a stack may run over: long and deep inputs.</summary>
    void Note(byte[] input)
    {
        if (input.Length > 1_000)
            File.WriteAllBytes(Path.Combine(Found, $"{target}.now"), input);
    }

    /// <summary>The same fault with less: pieces are taken out as long as it stays.</summary>
    static async Task<byte[]> Smaller(byte[] input, Type fault, Func<byte[], ValueTask<string>> law)
    {
        var (since, tries) = (RealTime.Provider.GetTimestamp(), 0);
        for (var piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (var at = 0; at < input.Length;)
            {
                if (++tries > Shrinks || RealTime.Provider.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
                    return input;
                byte[] less = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + piece))];
                if (await Breaks(less))
                    input = less;
                else
                    at += piece;
            }
        }
        return input;

        async Task<bool> Breaks(byte[] less)
        {
            try
            {
                await law(less);
                return false;
            }
            catch (Exception broken)
            {
                return broken.GetType() == fault;
            }
        }
    }

    string Kept(int seed, int number, byte[] input)
    {
        var file = Path.Combine(Found, $"{target}-{seed}-{number}");
        File.WriteAllBytes(file, input);
        return $"{input.Length} bytes, kept in {file}: what is mended is copied to tests/Fuzz/corpus/{target}";
    }
}
