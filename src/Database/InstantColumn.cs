using System.Data;
using Dapper;
using NodaTime;

namespace CanhLu.Database;

/// <summary>An instant in a column: whole microseconds since 1970-01-01T00:00Z, INTEGER; columns of it are named <c>…_at</c> or <c>not_after</c>.</summary>
sealed class InstantColumn : SqlMapper.TypeHandler<Instant>
{
    const int TicksPerMicrosecond = 10;

    public override void SetValue(IDbDataParameter parameter, Instant value)
    {
        parameter.DbType = DbType.Int64;
        parameter.Value = value.ToUnixTimeTicks() / TicksPerMicrosecond;
    }

    public override Instant Parse(object value) => Instant.FromUnixTimeTicks((long)value * TicksPerMicrosecond);
}
