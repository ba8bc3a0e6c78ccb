using System.Text.Json;
using CanhLu.Database;
using Xunit;

namespace CanhLu.Tests.Host;

public sealed class LedgerCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-ledger-").FullName;

    [Fact]
    public async Task A_ledger_is_exported_found_whole_and_found_broken()
    {
        Operations.Open(Path.Combine(_folder, "operations.db")).Dispose();
        var file = Path.Combine(_folder, "ledger.csv");
        var export = await ProgramRun.Of("ledger", "export", "--data", _folder, "--out", file, "--json");
        Assert.True(export.Code == 0, export.Error);
        var hash = JsonDocument.Parse(export.Output).RootElement.GetProperty("sha_256").GetString()!;
        var whole = await ProgramRun.Of("verify-ledger", file, "--sha-256", hash, "--json");
        Assert.Equal((0, true), (whole.Code, JsonDocument.Parse(whole.Output).RootElement.GetProperty("whole").GetBoolean()));
        Assert.Contains(hash, (await ProgramRun.Of("verify-ledger", file)).Output, StringComparison.Ordinal);
        await File.AppendAllTextAsync(file, "x\n", TestContext.Current.CancellationToken);
        var broken = await ProgramRun.Of("verify-ledger", file, "--json");
        Assert.Equal((1, 4), (broken.Code, JsonDocument.Parse(broken.Output).RootElement.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Wrong_use_is_told_apart_from_a_broken_ledger()
    {
        Assert.Equal(2, (await ProgramRun.Of("verify-ledger", Path.Combine(_folder, "none.csv"))).Code);
        Assert.Equal(2, (await ProgramRun.Of("verify-ledger")).Code);
        (await ProgramRun.Of("ledger", "export", "--data", _folder, "--out", Path.Combine(_folder, "l.csv"))).IsRefusedWith("operations.db", "--data");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
