using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify.Bench;

/// <summary>What npm's <c>sms-segments-calculator</c>, <c>split-sms</c> and <c>sms-length</c> say of a text, and JavaScript's own way to take its marks off.</summary>
sealed record SmsJudges(SmsJudges.Calculating Calculator, SmsJudges.Splitting Split, SmsJudges.Counting Length, string Plain)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    static string Folder { get; } = NpmPackages.Beside("judges");

    /// <summary>Asks all of them about every text.</summary>
    public static async Task<IReadOnlyList<SmsJudges>> Ask(IReadOnlyList<string> texts)
    {
        var token = TestContext.Current.CancellationToken;
        await NpmPackages.Need(Folder, "sms-segments-calculator");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "judges.mjs")])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        try
        {
            var (answers, trouble) = (node.StandardOutput.ReadToEndAsync(token), node.StandardError.ReadToEndAsync(token));
            foreach (var text in texts)
                await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(text));
            node.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            await node.WaitForExitAsync(patience.Token);
            Assert.True(node.ExitCode == 0, await trouble);
            return [.. (await answers).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<SmsJudges>(line, Wire)!)];
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }

    /// <summary><c>sms-segments-calculator</c>.</summary>
    /// <param name="Coding"><c>GSM-7</c> or <c>UCS-2</c>.</param>
    /// <param name="Segments">How many.</param>
    /// <param name="ForcedBy">What is not in GSM 03.38, each once.</param>
    /// <param name="Clusters">Whether it saw what it keeps whole and the standards do not.</param>
    /// <param name="ClusterLengths">The lengths of what it keeps whole, in sixteen-bit units.</param>
    public sealed record Calculating(string Coding, int Segments, string[] ForcedBy, bool Clusters, int[] ClusterLengths);

    /// <summary><c>split-sms</c>.</summary>
    public sealed record Splitting(string Coding, int Segments, string[] Parts);

    /// <summary><c>sms-length</c>.</summary>
    public sealed record Counting(string Coding, int Segments);
}
