using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CanhLu.Tests.Notify.Bench;

/// <summary>What npm's <c>sms-segments-calculator</c>, <c>split-sms</c> and <c>sms-length</c> say of a text, and JavaScript's own way to take its marks off.</summary>
sealed record SmsJudges(SmsJudges.Calculating Calculator, SmsJudges.Splitting Split, SmsJudges.Counting Length, string Plain)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "judges");

    /// <summary>Asks all of them about every text.</summary>
    public static async Task<IReadOnlyList<SmsJudges>> Ask(IReadOnlyList<string> texts)
    {
        var token = TestContext.Current.CancellationToken;
        await Installed(token);
        using var node = Process.Start(Begin("node", [Path.Combine(Folder, "judges.mjs")], isAsked: true))!;
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

    static async Task Installed(CancellationToken token)
    {
        var modules = Path.Combine(Folder, "node_modules", "sms-segments-calculator");
        try
        {
            if (!Directory.Exists(modules))
            {
                using var install = Process.Start(Begin("npm", ["ci", "--no-audit", "--no-fund"], isAsked: false))!;
                await install.StandardOutput.ReadToEndAsync(token);
                await install.WaitForExitAsync(token);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm: said below.
        }
        if (Directory.Exists(modules))
            return;
        const string Missing = "node: npm's sms-segments-calculator, split-sms and sms-length are not installed.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    static ProcessStartInfo Begin(string program, string[] arguments, bool isAsked) => new(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = isAsked,
        RedirectStandardOutput = true,
        RedirectStandardError = isAsked,
        StandardOutputEncoding = Encoding.UTF8,
    };

    static string Here([CallerFilePath] string path = "") => path;

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
