using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>The accounts' tables inside one transaction, and the audit beside them.</summary>
/// <param name="connection">The connection.</param>
/// <param name="now">Real time: links, sessions and locks end by it, however fast the engine's clock runs.</param>
/// <param name="noted">The engine's time, by which the audit is written.</param>
sealed class Writing(SqliteConnection connection, Instant now, Instant noted)
{
    static readonly string AddNote = Sql.Of(typeof(Operations).Assembly, "audit-add");

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public SqliteConnection Connection => connection;

    public Instant Now => now;

    /// <summary>Writes a line of the audit.</summary>
    public void Note(string who, string action, string subject, object? before, object? after) =>
        connection.Execute(AddNote, new { at = noted, who, action, subject, before = Text(before), after = Text(after) });

    static string? Text(object? facts) => facts is null ? null : JsonSerializer.Serialize(facts, Json);
}
