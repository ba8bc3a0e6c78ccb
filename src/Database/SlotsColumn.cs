using System.Collections.Immutable;
using System.Data;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Dapper;

namespace CanhLu.Database;

/// <summary>What people wrote into slots, in a column: one JSON object of texts.</summary>
sealed class SlotsColumn : SqlMapper.TypeHandler<ImmutableDictionary<string, string>>
{
    static readonly SlotsJson Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    public override void SetValue(IDbDataParameter parameter, ImmutableDictionary<string, string>? value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value is null ? DBNull.Value : JsonSerializer.Serialize(new SortedDictionary<string, string>(value), Json.SortedDictionaryStringString);
    }

    public override ImmutableDictionary<string, string> Parse(object value) =>
        JsonSerializer.Deserialize((string)value, Json.SortedDictionaryStringString)!.ToImmutableDictionary();
}

[JsonSerializable(typeof(SortedDictionary<string, string>))]
sealed partial class SlotsJson : JsonSerializerContext;
