using CanhLu.Host.SiteFiles;
using Spectre.Console;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class WrongSitesTests
{
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Folders.Wrong).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_error_is_listed_at_once_with_its_file_line_value_and_remedy(string name)
    {
        var overlay = Path.Combine(Folders.Wrong, name);
        var copy = Folders.SmallWith(overlay);
        try
        {
            var wrong = Assert.IsType<SiteVerdict.Wrong>(SiteReader.Read(copy.FullName));
            using var text = new StringWriter();
            SiteReport.WriteText(wrong, "", Plain(text));
            Assert.Equal(File.ReadAllLines(Path.Combine(overlay, "expected.txt")), text.ToString().TrimEnd().Split('\n')[..^1]);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_small_site_is_right() => Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.Small));

    [Theory]
    [InlineData("hunter2")]
    [InlineData("abc123")]
    [InlineData("s3cret")]
    public void A_secret_is_never_shown(string secret)
    {
        var copy = Folders.SmallWith(Path.Combine(Folders.Wrong, "08-secrets"));
        var wrong = Assert.IsType<SiteVerdict.Wrong>(SiteReader.Read(copy.FullName));
        copy.Delete(recursive: true);
        Assert.DoesNotContain(wrong.Errors, error => $"{error}".Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_on_a_line_that_is_not_YAML_is_not_shown()
    {
        var wrong = Assert.IsType<SiteVerdict.Wrong>(Read("id: a\nbroker:\n  password: hunter2: x\n"));
        Assert.DoesNotContain(wrong.Errors, error => $"{error}".Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_cannot_command_the_terminal()
    {
        var wrong = Assert.IsType<SiteVerdict.Wrong>(Read("id: \"a\\e[2Jb\\u202ec\\nd\"\n"));
        Assert.Contains(wrong.Errors, error => error.Value == "a\\u001b[2Jb\\u202ec\\u000ad");
    }

    [Fact]
    public void A_file_of_anchors_does_not_grow()
    {
        var laughs = "a: &a [lol, lol]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [*{(char)('a' + i - 1)}, *{(char)('a' + i - 1)}]\n"));
        var wrong = Assert.IsType<SiteVerdict.Wrong>(Read(laughs));
        Assert.Equal(40, wrong.Errors.Count(error => error.Message == "references to anchors are not read"));
    }

    [Fact]
    public void A_deep_file_is_not_read_to_its_end() =>
        Assert.Contains(Assert.IsType<SiteVerdict.Wrong>(Read(new string('[', 1_000_000))).Errors, error => error.Message == "nested deeper than 16");

    [Fact]
    public void A_large_file_is_not_read()
    {
        var copy = Folders.SmallWith(Folders.Small);
        using (var file = File.OpenWrite(Path.Combine(copy.FullName, SiteFolder.RulesFile)))
            file.SetLength(100_000_000);
        var error = Assert.Single(Assert.IsType<SiteVerdict.Wrong>(SiteReader.Read(copy.FullName)).Errors);
        copy.Delete(recursive: true);
        Assert.Equal((SiteFolder.RulesFile, "100000000 bytes", "the file is larger than 4 MiB"), (error.Place.File, error.Value, error.Message));
    }

    [Fact]
    public void A_reference_into_an_unreadable_file_is_no_second_error()
    {
        var errors = Assert.IsType<SiteVerdict.Wrong>(Read("stations: [\n")).Errors;
        Assert.Equal(SiteFolder.SiteFile, Assert.Single(errors).Place.File);
    }

    // The small site with another site.yaml.
    static SiteVerdict Read(string site) => SiteReader.Read(Folders.Small, file => file == SiteFolder.SiteFile
        ? System.Text.Encoding.UTF8.GetBytes(site)
        : file == SiteFolder.WardsFile ? null : File.ReadAllBytes(Path.Combine(Folders.Small, file)), new Findings());

    static IAnsiConsole Plain(TextWriter text)
    {
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 100_000;
        return console;
    }
}
