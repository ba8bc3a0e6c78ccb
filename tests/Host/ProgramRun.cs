using System.Diagnostics;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>The real program, run to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
sealed record ProgramRun(int Code, string Output, string Error)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<ProgramRun> Of(params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [EngineProcess.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token).WaitAsync(Patience, RealTime.Provider, token);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>It could not: one line that says what, and the remedy.</summary>
    public void IsRefusedWith(params string[] words)
    {
        Assert.True(Code == 1, $"exit code {Code}\n{Output}\n{Error}");
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Output + Error, StringComparison.Ordinal);
    }
}
