using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>The real program as a process of its own, which may be killed at any moment and started again on the same data.</summary>
sealed class EngineProcess(string arguments, Uri page, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    readonly List<string> _said = [];
    Process? _process;

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "canhlu.dll");

    /// <summary>A program that starts it and then is it, or stays beside it, with that program's own arguments; empty for none.</summary>
    public string Within { get; set; } = "";

    /// <summary>Everything it wrote, in all its lives.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    public int Id => _process!.Id;

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => _process is null or { HasExited: true };

    public long MemoryBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    public void Start()
    {
        var command = $"{Within} dotnet \"{Program}\" {arguments}".TrimStart().Split(' ', 2);
        var start = new ProcessStartInfo(command[0], command[1]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task Ready() => Eventually.True(
        () => _process is { HasExited: true } ? throw new InvalidOperationException("It ended: " + Said) : Answers("readyz"), "the engine is ready");

    /// <summary>What it answers to a GET; null when it does not answer 200.</summary>
    public async Task<string?> Get(string path)
    {
        try
        {
            return await Http.GetStringAsync(new Uri(page, path));
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Its status and text; 0 when it does not answer.</summary>
    public async Task<(int Status, string Text)> Ask(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(page, path));
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return (0, away.Message);
        }
    }

    /// <summary>SIGKILL: nothing of it gets to say goodbye.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>SIGTERM, and waits for the end; returns the exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(40));
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself; returns the exit code.</summary>
    public async Task<int> End()
    {
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_process is { HasExited: false })
                await Kill();
        }
        catch (InvalidOperationException)
        {
            // It was killed and let go before.
        }
    }

    bool Answers(string path)
    {
        try
        {
            return Http.GetAsync(new Uri(page, path)).GetAwaiter().GetResult().IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.Add(line);
    }
}
