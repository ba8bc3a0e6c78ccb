using DuckDB.NET.Data;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>The tables of the file, and the number that says which version wrote them.</summary>
/// <remarks>No index: it would cost the writer nine tenths of its speed. Readings lie in the order of their positions, which is nearly that of time, and
/// DuckDB keeps the least and greatest value of every 122,880 rows, so a range of time is found without one.</remarks>
static class ArchiveSchema
{
    const int Version = 4;

    // A restatement: from which position on stored values have been changed, for whoever has copied them.
    const string Offsetting = """
        CREATE TABLE offsets (series INTEGER NOT NULL, begins_at TIMESTAMP NOT NULL, value DOUBLE NOT NULL);
        CREATE TABLE restatements (number INTEGER NOT NULL, position BIGINT NOT NULL);
        """;

    // How far each rule of thinning has come, and what it has left of what.
    const string Thinning = """
        CREATE TABLE thinned (rule VARCHAR NOT NULL, seconds INTEGER NOT NULL, position BIGINT NOT NULL, before TIMESTAMP NOT NULL, seen BIGINT NOT NULL, kept BIGINT NOT NULL);
        """;

    const string Tables = """
        CREATE TABLE schema_version (version INTEGER NOT NULL);
        CREATE TABLE series (
            id INTEGER PRIMARY KEY, device VARCHAR NOT NULL, quantity VARCHAR NOT NULL, unit VARCHAR NOT NULL,
            UNIQUE (device, quantity, unit));
        CREATE TABLE readings (
            series INTEGER NOT NULL,
            measured_at TIMESTAMP NOT NULL,
            received_at TIMESTAMP NOT NULL,
            value DOUBLE NOT NULL,
            flag UTINYINT NOT NULL,
            position BIGINT NOT NULL,
            tests UINTEGER DEFAULT 0);
        """ + Offsetting + Thinning;

    // What takes the tables of a version to the next one. DuckDB adds a column with its default without touching a row.
    static readonly string[] Steps =
    [
        "ALTER TABLE readings ADD COLUMN tests UINTEGER DEFAULT 0",
        Offsetting,
        Thinning,
    ];

    public static void Apply(DuckDBConnection connection, string path)
    {
        var empty = connection.Number("SELECT count(*) FROM duckdb_tables() WHERE NOT internal AND NOT temporary") == 0;
        if (empty)
        {
            connection.Execute(Invariant($"BEGIN; {Tables} INSERT INTO schema_version VALUES ({Version}); COMMIT"));
            return;
        }
        if (VersionOf(connection, path) is var found && found < Version)
            connection.Execute(Invariant($"BEGIN; {string.Join("; ", Steps[((int)found - 1)..])}; UPDATE schema_version SET version = {Version}; COMMIT"));
    }

    /// <summary>Refuses a file that this version cannot read as it is; changes nothing.</summary>
    public static void Check(DuckDBConnection connection, string path)
    {
        if (VersionOf(connection, path) is var found && found < Version)
        {
            throw new ArchiveRefusedException(Invariant(
                $"{path} was written by an older Canh Lũ (schema {found}; this version reads {Version}). Start the engine on it once: it takes the file to the new schema."));
        }
    }

    static long VersionOf(DuckDBConnection connection, string path)
    {
        if (connection.Number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_version'") == 0)
            throw new ArchiveRefusedException($"{path} is no archive of Canh Lũ: it holds other tables. Move it away, or name another file.");
        var found = connection.Number("SELECT max(version) FROM schema_version");
        if (found > Version)
        {
            throw new ArchiveRefusedException(Invariant(
                $"{path} was written by a newer Canh Lũ (schema {found}; this version knows {Version}). Start the newer version, or restore the backup made before the upgrade."));
        }
        return found ?? Version;
    }
}
