using CanhLu.Archive;
using DuckDB.NET.Data;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class RefusalTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    string File => Path.Combine(_folder, ArchiveRig.File);

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_in_plain_words()
    {
        await using (await ArchiveRig.Start(_folder))
        {
        }
        Run("UPDATE schema_version SET version = 999");
        var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ArchiveRig.Start(_folder));
        Assert.Contains("newer Canh Lũ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_archive_is_refused_and_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 20_000), TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ArchiveRig.Start(_folder));
        Assert.Contains("is no DuckDB file", refused.Message, StringComparison.Ordinal);
        Assert.Equal(20_000, new FileInfo(File).Length);

        System.IO.File.Delete(File);
        Run("CREATE TABLE readings (mine INTEGER)");
        refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ArchiveRig.Start(_folder));
        Assert.Contains("is no archive of Canh Lũ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Run(string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={File}");
        connection.Open();
        connection.Execute(sql);
    }
}
