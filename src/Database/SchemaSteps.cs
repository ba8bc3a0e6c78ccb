using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CanhLu.Database;

/// <summary>The steps that take an operations store from nothing to this version: <c>Schema/NNN-name.sql</c>, each applied once, in order.</summary>
static class SchemaSteps
{
    public static void Apply(SqliteConnection connection, string path)
    {
        var assembly = typeof(SchemaSteps).Assembly;
        var steps = assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Schema.", StringComparison.Ordinal))
            .Select(name => (Number: int.Parse(name.Split(".Schema.")[1].AsSpan(0, 3), CultureInfo.InvariantCulture), Name: name))
            .OrderBy(step => step.Number)
            .ToArray();
        var applied = connection.ExecuteScalar<int>("PRAGMA user_version");
        var newest = steps[^1].Number;
        if (applied > newest)
            throw new NewerSchemaException(path, applied, newest);
        foreach (var (number, name) in steps)
        {
            if (number <= applied)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                connection.Execute(reader.ReadToEnd());
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}"));
                connection.Execute("COMMIT");
            }
            catch
            {
                connection.Execute("ROLLBACK");
                throw;
            }
        }
    }
}
