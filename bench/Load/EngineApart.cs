using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace CanhLu.Bench;

/// <summary>The engine in a process of its own, with a site of the bench.</summary>
sealed class EngineApart : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    readonly OwnProcess _process;
    readonly Channel<string> _answers;

    EngineApart(OwnProcess process, Channel<string> answers) => (_process, _answers) = (process, answers);

    public int Port { get; private set; }

    public Uri Page { get; private set; } = null!;

    /// <summary>From the making of the site until everything had started: devices are let in and judged.</summary>
    public double StartSeconds { get; private set; }

    /// <summary>The same, from the start of the process.</summary>
    public double ProcessSeconds { get; private set; }

    public TimeSpan Cpu => _process.Cpu;

    public long ResidentBytes => _process.ResidentBytes;

    public long MostBytes => _process.MostBytes;

    /// <param name="stations">How many stations its site has, each with one gauge: two series.</param>
    /// <param name="folder">Its data folder, which stays.</param>
    /// <param name="broker">The outside broker; null for its own door.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message holds what it said.</exception>
    public static async Task<EngineApart> StartAsync(int stations, string folder, Mosquitto? broker = null)
    {
        var answers = Channel.CreateBounded<string>(64);
        List<string> arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "canhlu-load.dll"), Serving.Command, "--stations", stations.ToString(CultureInfo.InvariantCulture), "--folder", folder,
        ];
        if (broker is not null)
            arguments.AddRange(["--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}")]);
        var process = new OwnProcess("dotnet", arguments)
        {
            Heard = line =>
            {
                if (line.StartsWith('{'))
                    answers.Writer.TryWrite(line);
            },
        };
        var began = Stopwatch.GetTimestamp();
        process.Start();
        var engine = new EngineApart(process, answers);
        try
        {
            var started = await engine.Answer<Serving.Started>();
            (engine.Port, engine.Page, engine.StartSeconds) = (started.Port, started.Page, started.Seconds);
            engine.ProcessSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>How it stands.</summary>
    /// <param name="collected">After a collection of everything that nobody needs.</param>
    public Task<Serving.Standing> AskAsync(bool collected = false)
    {
        _process.Tell(collected ? Serving.Collect : Serving.Ask);
        return Answer<Serving.Standing>();
    }

    /// <summary>Waits until it has stored so many readings, or nothing more comes; returns how many it has.</summary>
    public async Task<long> UntilStored(long readings, TimeSpan quiet)
    {
        var (stored, since) = (-1L, Stopwatch.GetTimestamp());
        while (true)
        {
            var now = (await AskAsync()).Stored;
            if (now >= readings || (now == stored && Stopwatch.GetElapsedTime(since) >= quiet))
                return now;
            if (now != stored)
                (stored, since) = (now, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromMilliseconds(5), Clocks.Timers);
        }
    }

    /// <summary>Stops it in order; returns how many different readings its file holds.</summary>
    public async Task<long> StopAndCountAsync()
    {
        _process.Tell(Serving.Stop);
        return (await Answer<Serving.Ended>()).Kept;
    }

    public void Dispose() => _process.Dispose();

    async Task<T> Answer<T>()
    {
        using var patience = new CancellationTokenSource(Patience, Clocks.Timers);
        var answer = _answers.Reader.ReadAsync(patience.Token).AsTask();
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(200), Clocks.Timers));
            if (!answer.IsCompleted && _process.HasExited)
                throw new InvalidOperationException("The engine apart has ended: " + _process.Said);
        }
        return JsonSerializer.Deserialize<T>(await answer)!;
    }
}
