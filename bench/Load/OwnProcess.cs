using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>A program beside the bench: started, killed at any moment and started again; its CPU time and memory are told over all its lives. Ended by its own process id.</summary>
/// <param name="program">Its path, or a name in PATH.</param>
/// <param name="arguments">What it is told.</param>
/// <param name="environment">What it is told besides.</param>
sealed class OwnProcess(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) : IDisposable
{
    const int Lines = 40;

    readonly Queue<string> _said = new();
    Process? _process;
    TimeSpan _cpuBefore;
    long _mostBefore;

    /// <summary>The last of what it wrote.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    /// <summary>Takes each line that it writes; may be called by several threads.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>Its CPU time so far, all lives together.</summary>
    public TimeSpan Cpu => _cpuBefore + Of(process => process.TotalProcessorTime);

    /// <summary>Its resident memory now, bytes; 0 when it does not run.</summary>
    public long ResidentBytes => Of(process => process.WorkingSet64);

    /// <summary>The most resident memory of any of its lives, bytes.</summary>
    public long MostBytes => Math.Max(_mostBefore, Of(process => process.PeakWorkingSet64));

    public bool HasExited => _process is null or { HasExited: true };

    public void Start()
    {
        // Whoever ends the bench in the middle of it ends what it has started.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Writes a line to it.</summary>
    public void Tell(string line) => _process!.StandardInput.WriteLine(line);

    /// <summary>SIGKILL: nothing of it gets to say goodbye.</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        (_cpuBefore, _mostBefore) = (Cpu, MostBytes);
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    public void Dispose() => Kill();

    void KillAtExit(object? sender, EventArgs args) => Kill();

    T Of<T>(Func<Process, T> ask)
        where T : struct
    {
        if (_process is not { } process)
            return default;
        try
        {
            process.Refresh();
            return ask(process);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
            return default;
        }
    }

    void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > Lines)
                _said.Dequeue();
        }
        Heard?.Invoke(line);
    }
}
