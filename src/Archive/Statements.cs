using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>Short ways to run SQL. Numbers are written into the text, not bound, so that DuckDB sees them when it plans and skips what lies outside.</summary>
static class Statements
{
    public static int Execute(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>The number in the first column of the first row; null when there is no row or no number.</summary>
    public static long? Number(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        return rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : null;
    }
}
