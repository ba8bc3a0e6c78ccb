using CanhLu.Database;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Database;

public sealed class OperationsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    string File => Path.Combine(_folder, "operations.db");

    [Fact]
    public void An_installation_keeps_its_number_and_a_new_file_has_another()
    {
        string first;
        using (var operations = Operations.Open(File))
            first = operations.Installation;
        using (var operations = Operations.Open(File))
            Assert.Equal(first, operations.Installation);
        using var other = Operations.Open(Path.Combine(_folder, "other.db"));
        Assert.NotEqual(first, other.Installation);
        Assert.Matches("^[0-9a-f]{8}$", first);
    }

    [Fact]
    public void One_look_sees_one_moment_whatever_is_written_meanwhile()
    {
        using var operations = Operations.Open(File);
        const string Count = "SELECT count(*) FROM settings WHERE name LIKE 'new%'";
        var (first, second) = operations.Read(connection =>
        {
            var before = connection.ExecuteScalar<int>(Count);
            operations.Write(writer => writer.Execute("INSERT INTO settings (name, value) VALUES ('new', 'x')"));
            return (before, connection.ExecuteScalar<int>(Count));
        });
        Assert.Equal((0, 0, 1), (first, second, operations.Read(connection => connection.ExecuteScalar<int>(Count))));
        Assert.Throws<InvalidOperationException>(() => operations.Read<int>(_ => throw new InvalidOperationException()));
        Assert.Equal(1, operations.Read(connection => connection.ExecuteScalar<int>(Count)));
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing()
    {
        using var operations = Operations.Open(File);
        Assert.Throws<InvalidOperationException>(() => operations.Write<int>(connection =>
        {
            connection.Execute("INSERT INTO settings VALUES ('half', 'done')");
            throw new InvalidOperationException();
        }));
        Assert.Equal(0, operations.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM settings WHERE name = 'half'")));
    }

    [Fact]
    public void A_full_disk_leaves_nothing_and_says_that_it_was_full()
    {
        using var operations = Operations.Open(File);
        operations.Write(connection => connection.Execute($"PRAGMA max_page_count = {connection.ExecuteScalar<long>("PRAGMA page_count")}"));
        var full = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => operations.Write(connection =>
            connection.Execute("INSERT INTO settings VALUES ('long', @Text)", new { Text = new string('x', 1_000_000) })));
        Assert.True(Operations.IsTrouble(full));
        Assert.Equal(0, operations.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM settings WHERE name = 'long'")));
        operations.Write(connection => connection.Execute("PRAGMA max_page_count = 100000"));
        Assert.Equal(1, operations.Write(connection => connection.Execute("INSERT INTO settings VALUES ('long', 'x')")));
    }

    [Fact]
    public void A_mistake_is_no_trouble_that_passes()
    {
        using var operations = Operations.Open(File);
        var mistake = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => operations.Write(connection => connection.Execute("INSERT INTO nowhere VALUES (1)")));
        Assert.False(Operations.IsTrouble(mistake));
    }

    [Fact]
    public void A_store_that_was_closed_takes_nothing_more()
    {
        var operations = Operations.Open(File);
        operations.Dispose();
        Assert.Throws<ObjectDisposedException>(() => operations.Write(connection => connection.Execute("INSERT INTO settings VALUES ('late', '1')")));
        using var again = Operations.Open(File);
        Assert.Equal(0, again.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM settings WHERE name = 'late'")));
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_in_plain_words()
    {
        using (var operations = Operations.Open(File))
            operations.Read(_ => 0);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=false"))
        {
            connection.Open();
            connection.Execute("PRAGMA user_version = 999");
        }
        var refused = Assert.Throws<NewerSchemaException>(() => Operations.Open(File));
        Assert.Contains("newer Canh Lũ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
