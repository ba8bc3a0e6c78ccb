using System.Text;
using CanhLu.Host.SiteFiles;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class ShadowTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("ask")]
    [InlineData("desk")]
    public void A_rule_on_trial_tells_nobody_whatever_its_policy(string policy)
    {
        var rule = Assert.IsType<SiteVerdict.Right>(Read($"    policy: {policy}\n    shadow: true\n")).Site.Rules[^1];
        Assert.True(rule.IsShadow);
        Assert.Equal(Policy.Desk, rule.Policy);
    }

    [Fact]
    public void A_rule_is_on_trial_only_when_the_file_says_so()
    {
        Assert.False(Assert.IsType<SiteVerdict.Right>(Read("    policy: auto\n    shadow: false\n")).Site.Rules[^1].IsShadow);
        Assert.Equal(Policy.Auto, Assert.IsType<SiteVerdict.Right>(Read("    policy: auto\n")).Site.Rules[^1].Policy);
        Assert.Contains(Assert.IsType<SiteVerdict.Wrong>(Read("    policy: auto\n    shadow: perhaps\n")).Errors, error => error.Message.Contains("shadow must be true or false", StringComparison.Ordinal));
    }

    /// <summary>The shipped site with one more ladder at the end of its rules.</summary>
    static SiteVerdict Read(string lines)
    {
        var rules = File.ReadAllText(Path.Combine(Folders.TamKy, SiteFolder.RulesFile)) + $"\n  - id: on-trial\n    type: stage-ladder\n    name: Thử\n{lines}";
        return SiteReader.Read(
            Folders.TamKy,
            file => file == SiteFolder.RulesFile ? Encoding.UTF8.GetBytes(rules) : File.Exists(Path.Combine(Folders.TamKy, file)) ? File.ReadAllBytes(Path.Combine(Folders.TamKy, file)) : null,
            new Findings());
    }
}
