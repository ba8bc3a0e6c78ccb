using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using CanhLu.Notify.Proof;
using CanhLu.Tests.Support;
using Dapper;
using FsCheck.Xunit;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify.Proof;

public sealed partial class ProofTests
{
    const string Nasty = "=cmd|' /C calc'!A0, \"quoted\"\r\nline đ \u2028 \0";

    [Fact]
    public void A_ledger_has_a_line_for_every_delivery_that_was_attempted_or_ended_and_is_whole()
    {
        using var river = Told(20);
        var (bytes, seal) = Written(river);
        Assert.Equal(river.Ask<long>("SELECT count(*) FROM deliveries WHERE attempts > 0 OR settled_at IS NOT NULL"), seal.Rows);
        Assert.Equal(new ProofVerdict.Whole(seal), Check(bytes, seal.Hash));
        Assert.Equal(seal.Rows + 3, bytes.Count(one => one == '\n'));
        var text = Encoding.UTF8.GetString(bytes);
        Assert.DoesNotContain("905000001", text, StringComparison.Ordinal);
        Assert.Contains(",84••••••001,", text, StringComparison.Ordinal);
        Assert.Contains("\"'=cmd|' /C calc'!A0, \"\"quoted\"\"  line đ    \"", text, StringComparison.Ordinal);
        Assert.Contains(",-124,", text, StringComparison.Ordinal);
        Assert.Contains(",84905000001,", Encoding.UTF8.GetString(Written(river, clear: true).Bytes), StringComparison.Ordinal);
        Assert.Equal(0, Written(river, bulletin: 77).Seal.Rows);
    }

    [Property(MaxTest = 300)]
    public void Whatever_one_byte_is_changed_removed_or_added_is_found_at_its_line_or_the_next(int seed)
    {
        var random = new Random(seed);
        var (whole, seal) = Sample;
        var at = random.Next(whole.Length);
        byte[] broken = random.Next(3) switch
        {
            0 => [.. whole[..at], (byte)(whole[at] ^ (1 + random.Next(255))), .. whole[(at + 1)..]],
            1 => [.. whole[..at], .. whole[(at + 1)..]],
            _ => [.. whole[..at], (byte)random.Next(256), .. whole[at..]],
        };
        // A line feed put before a line feed, or a letter doubled beside itself, may give the same bytes.
        if (broken.AsSpan().SequenceEqual(whole))
            return;
        var line = 1 + whole[..at].Count(one => one == '\n');
        Assert.InRange(Assert.IsType<ProofVerdict.Broken>(Check(broken)).Line, line, line + 1);
        Assert.IsType<ProofVerdict.Broken>(Check(broken, seal.Hash));
    }

    [Property(MaxTest = 300)]
    public void Lines_removed_put_in_doubled_swapped_or_cut_off_are_found(int seed)
    {
        var random = new Random(seed);
        var lines = Lines(Sample.Bytes);
        var changed = lines.ToList();
        var at = random.Next(lines.Length);
        switch (random.Next(5))
        {
            case 0:
                changed.RemoveAt(at);
                break;
            case 1:
                changed.Insert(at, lines[random.Next(lines.Length)]);
                break;
            case 2:
                (changed[at], changed[(at + 1) % lines.Length]) = (changed[(at + 1) % lines.Length], changed[at]);
                break;
            case 3:
                changed.RemoveRange(at, lines.Length - at);
                break;
            default:
                changed.Add(lines[at]);
                break;
        }
        var broken = Assert.IsType<ProofVerdict.Broken>(Check(Encoding.UTF8.GetBytes(string.Concat(changed.Select(line => line + "\n")))));
        var first = changed.Zip(lines).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        Assert.Equal(first, broken.Line);
    }

    [Fact]
    public void A_ledger_written_anew_holds_by_itself_and_is_found_by_the_hash_that_was_kept()
    {
        using var river = Told(3);
        var (_, seal) = Written(river);
        river.Operations.Write(connection => connection.Execute("UPDATE deliveries SET state = 'delivered'"));
        var (other, _) = Written(river);
        Assert.IsType<ProofVerdict.Whole>(Check(other));
        Assert.IsType<ProofVerdict.Broken>(Check(other, seal.Hash));
    }

    [Fact]
    public void The_worked_example_of_the_README_is_whole() => Assert.Equal(
        1, Assert.IsType<ProofVerdict.Whole>(Check(Encoding.UTF8.GetBytes(Example().Match(Readme()).Groups[1].Value))).Seal.Rows);

    [Fact]
    public async Task The_few_lines_of_Python_in_the_README_say_the_same()
    {
        if (!OnPath("python3"))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("python3 is not installed.");
            Assert.Skip("python3 is not installed.");
        }
        var folder = Directory.CreateTempSubdirectory("canhlu-proof-");
        try
        {
            var (script, ledger) = (Path.Combine(folder.FullName, "check.py"), Path.Combine(folder.FullName, "ledger.csv"));
            await File.WriteAllTextAsync(script, Python().Match(Readme()).Groups[1].Value, TestContext.Current.CancellationToken);
            var (whole, seal) = Sample;
            Assert.Equal((0, $"whole {seal.Hash}\n"), await Run(whole));
            var lines = Lines(whole);
            Assert.Equal(1, (await Run(whole[..^1])).Code);
            Assert.Equal(1, (await Run([.. whole, (byte)'x'])).Code);
            Assert.Equal(1, (await Run(Encoding.UTF8.GetBytes(string.Concat(lines.Where((_, i) => i != 4).Select(line => line + "\n"))))).Code);
            Assert.Equal(1, (await Run(Encoding.UTF8.GetBytes(string.Concat(lines[..^1].Select(line => line + "\n"))))).Code);

            async Task<(int Code, string Said)> Run(byte[] bytes)
            {
                await File.WriteAllBytesAsync(ledger, bytes, TestContext.Current.CancellationToken);
                using var process = Process.Start(new ProcessStartInfo("python3", [script, ledger]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), RealTime.Provider);
                return (process.ExitCode, said);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static (byte[] Bytes, ProofSeal Seal) Sample { get; } = Made();

    static (byte[], ProofSeal) Made()
    {
        using var river = Told(12);
        return Written(river);
    }

    static (byte[] Bytes, ProofSeal Seal) Written(River river, long? bulletin = null, bool clear = false)
    {
        using var bytes = new MemoryStream();
        var seal = new ProofFile(river.Operations, new FakeClock(River.Now)).Write(bytes, bulletin, clear);
        return (bytes.ToArray(), seal);
    }

    static ProofVerdict Check(byte[] bytes, string? hash = null) => ProofCheck.Of(new MemoryStream(bytes), hash);

    static string[] Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');

    static River Told(int people)
    {
        var river = new River();
        river.People(people);
        var bulletin = river.Warn(river.Episode(), AlarmLevel.II);
        string[] states = ["accepted", "delivered", "failed", "expired", "planned"];
        river.Operations.Write(connection => connection.Execute(
            """
            INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, level, state, not_after, attempts, planned_at, handed_over_at, accepted_at, settled_at, last_code, last_answer)
            VALUES (@bulletin, @Id, 'zalo', 'k-' || @Id, 2, @State, @Now, @Attempts, @Now, @Handed, @Now, @Settled, @Code, @Nasty)
            """,
            Enumerable.Range(1, people).Select(id => new
            {
                bulletin,
                Id = id,
                State = states[id % states.Length],
                River.Now,
                Attempts = states[id % states.Length] is "planned" or "expired" ? 0 : 1,
                Handed = states[id % states.Length] == "planned" ? (NodaTime.Instant?)null : River.Now,
                Settled = states[id % states.Length] is "failed" or "expired" ? River.Now : (NodaTime.Instant?)null,
                Code = id % 2 == 0 ? "-124" : "100",
                Nasty,
            })));
        return river;
    }

    static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    static string Readme([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Notify/Proof/README.md"));

    [GeneratedRegex("```\n(canhlu-ledger,.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();
}
