using System.Text;
using CanhLu.Host.SiteFiles;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class FuzzTests(ITestOutputHelper output)
{
    const int Seed = 20251029;

    static readonly int Mutations = Effort.Of(1_000, 5_000, 100_000);

    static readonly string[] Scraps =
    [
        "\t", "\n", "\r", ": ", "- ", "[", "]", "{", "}", "\"", "'", "#", "&a", "*a", "!!int", "|\n", ">-\n", "---\n", "...\n", "%YAML 9.9\n", "<<: *a\n", "? ", ",", "~",
        "null", "true", "-1", "1e400", "NaN", ".inf", "0x10", "99999999999999999999999", "1,70", "30", "9999999d", "2020-13-45", "9999-12-31T23:59:59.9999999+18:00", "{tram}", "\\",
        "\0", "\u001b[2J", "\u202e", "\ufeff", "\ud83d\ude00", "password: hunter2\n", "I", "all-clear", "tam-ky", "ớ",
    ];

    static readonly Dictionary<string, byte[]> Good =
        SiteFolder.Files.ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(Folders.TamKy, file)));

    [Fact]
    public void Whatever_the_files_hold_the_reader_answers()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var right = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var file = SiteFolder.Files[random.Next(SiteFolder.Files.Length)];
            var mutated = Good[file];
            for (var times = random.Next(1, 4); times > 0; times--)
                mutated = Mutated(mutated, random);
            SiteVerdict verdict;
            try
            {
                verdict = SiteReader.Read(Folders.TamKy, name => name == file ? mutated : Good[name], new Findings());
            }
            catch (Exception thrown)
            {
                Assert.Fail($"mutation {i} of {file} threw {thrown}\n{Encoding.UTF8.GetString(mutated)}");
                return;
            }
            if (verdict is SiteVerdict.Wrong(var errors))
                Sensible(errors, Math.Max(mutated.Count(letter => letter is (byte)'\n' or (byte)'\r'), Good[SiteFolder.SiteFile].Length), i);
            else
                right++;
        }
        output.WriteLine($"{Mutations} mutations, {right} of them still a right site");
    }

    static void Sensible(IReadOnlyCollection<SiteError> errors, int lines, int mutation)
    {
        Assert.NotEmpty(errors);
        foreach (var error in errors)
            Assert.True(SiteFolder.Files.Contains(error.Place.File) && error.Place.Line >= 1 && error.Place.Line <= lines + 2 && error.Place.Column >= 1 &&
                error.Message.Length > 0 && error.Remedy.Length > 0 && !$"{error.Value}{error.Message}{error.Remedy}".Any(char.IsControl), $"mutation {mutation}: {error}");
    }

    static byte[] Mutated(byte[] bytes, Random random)
    {
        var text = bytes.ToList();
        var at = random.Next(text.Count + 1);
        var length = Math.Min(random.Next(1, 200), text.Count - at);
        switch (random.Next(9))
        {
            case 0:
                text.RemoveRange(at, length);
                break;
            case 1:
                text.InsertRange(at, text.GetRange(at, length));
                break;
            case 2:
                text.RemoveRange(at, text.Count - at);
                break;
            case 3 when length > 0:
                text[at] = (byte)random.Next(256);
                break;
            case 4 when length > 0:
                text[at] ^= (byte)(1 << random.Next(8));
                break;
            case 5:
                return Lines(bytes, random);
            default:
                text.InsertRange(at, Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)]));
                break;
        }
        return [.. text];
    }

    // Swaps, doubles, drops or shifts a line, or gives it another one's value.
    static byte[] Lines(byte[] bytes, Random random)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').ToList();
        var (a, b) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(5))
        {
            case 0:
                (lines[a], lines[b]) = (lines[b], lines[a]);
                break;
            case 1:
                lines.Insert(a, lines[b]);
                break;
            case 2:
                lines.RemoveAt(a);
                break;
            case 3:
                lines[a] = new string(' ', random.Next(1, 5)) + lines[a];
                break;
            default:
                lines[a] = lines[a].Split(':')[0] + ':' + string.Join(':', lines[b].Split(':').Skip(1));
                break;
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
