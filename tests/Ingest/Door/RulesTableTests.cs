using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

public sealed partial class RulesTableTests
{
    [Fact]
    public void Every_rule_in_the_table_names_tests_that_exist()
    {
        var tests = typeof(RulesTableTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(RulesTableTests).Namespace)
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        var readme = Path.Combine(ClientRun.Folder, "../../../../src/Ingest/README.md");
        var rows = File.ReadLines(readme).Where(line => Row().IsMatch(line)).Skip(1).ToArray();
        Assert.True(rows.Length > 70, $"{rows.Length} rows");
        foreach (var row in rows)
        {
            var named = Test().Matches(row.Split('|')[5]).Select(match => match.Groups[1].Value).ToArray();
            Assert.True(named.Length > 0, $"without a test: {row}");
            foreach (var name in named)
                Assert.True(tests.Contains(name), $"no such test: {name}");
        }
    }

    [GeneratedRegex(@"^\| [0-9–]")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Test();
}
