using System.CommandLine;
using System.Text.Json;
using CanhLu.Host.Commands;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class CheckCommandTests
{
    [Fact]
    public void A_right_site_is_0_and_one_line_that_says_what_it_has()
    {
        var (code, output, _) = Run("--site", Folders.TamKy);
        Assert.Equal(0, code);
        Assert.Equal($"Thành phố Tam Kỳ ({Folders.TamKy}) is right: 3 stations (1 with alarm levels), 8 devices, 20 rules, 4 areas, 20 wordings, its own front door\n", output);
    }

    [Fact]
    public void Without_a_folder_the_shipped_site_is_meant()
    {
        var (code, output, _) = Run();
        Assert.Equal(0, code);
        Assert.Contains("Tam Kỳ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_site_is_1_and_a_line_an_error_that_opens_with_its_place()
    {
        var folder = Path.Combine(Folders.Wrong, "08-secrets");
        var (code, output, _) = Run("--site", folder);
        Assert.Equal(1, code);
        Assert.Contains($"\n{folder}/site.yaml:10:10: broker: links is out of range (found 40); write 1 to 16\n", output, StringComparison.Ordinal);
        Assert.EndsWith($"errors in 3 files of {folder}\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void Json_is_one_object_an_error()
    {
        var folder = Path.Combine(Folders.Wrong, "03-references");
        var (code, output, _) = Run("--site", folder, "--json");
        Assert.Equal(1, code);
        var lines = output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, line => Assert.Equal(["file", "line", "column", "value", "message", "remedy"], line.EnumerateObject().Select(property => property.Name)));
        Assert.Contains(lines, line => line.GetProperty("file").GetString() == Path.Combine(folder, "site.yaml") && line.GetProperty("line").GetInt32() == 48 &&
            line.GetProperty("column").GetInt32() == 27 && line.GetProperty("value").GetString() == "guage" && line.GetProperty("remedy").GetString() == "did you mean gauge?");
    }

    [Fact]
    public void A_right_site_is_one_object_too()
    {
        var (code, output, _) = Run("--site", Folders.Small, "--json");
        Assert.Equal(0, code);
        Assert.Equal("""{"site":"small","stations":2,"devices":3,"rules":4,"areas":2,"wordings":8}""" + "\n", output);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_wrong_use()
    {
        var (code, output, error) = Run("--site", "no-such-folder");
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("There is no folder no-such-folder.", error, StringComparison.Ordinal);
    }

    static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new RootCommand { CheckCommand.Create() }.Parse(["check", .. arguments]).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
