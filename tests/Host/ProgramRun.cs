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

    public static Task<ProgramRun> Of(params string[] arguments) => Run(null, arguments);

    /// <summary>The same with something on its standard input.</summary>
    public static Task<ProgramRun> Fed(string input, params string[] arguments) => Run(input, arguments);

    static async Task<ProgramRun> Run(string? input, string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [EngineProcess.Program, .. arguments])
        {
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), token);
                process.StandardInput.Close();
            }
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
