using System.Collections.Concurrent;
using System.Data;
using CanhLu.Database;
using Dapper;

namespace CanhLu.Notify;

/// <summary>This part's statements, each read once, and the column types that only it has.</summary>
static class Statements
{
    static readonly ConcurrentDictionary<string, string> Texts = new();

    static Statements() => SqlMapper.AddTypeHandler(new PhoneColumn());

    public static string Of(string name) => Texts.GetOrAdd(name, missing => Sql.Of(typeof(Statements).Assembly, missing));

    sealed class PhoneColumn : SqlMapper.TypeHandler<PhoneNumber>
    {
        public override void SetValue(IDbDataParameter parameter, PhoneNumber value) => parameter.Value = value.E164;

        public override PhoneNumber Parse(object value) => new((string)value);
    }
}
