using System.Data;
using System.Globalization;
using Dapper;

namespace CanhLu.Database;

/// <summary>A rate of rise in a column: whole millimetres per hour, INTEGER; columns of it are named <c>rate_mm_per_h</c>.</summary>
sealed class RateColumn : SqlMapper.TypeHandler<RateOfRise>
{
    public override void SetValue(IDbDataParameter parameter, RateOfRise value)
    {
        parameter.DbType = DbType.Int32;
        parameter.Value = value.MillimetresPerHour;
    }

    public override RateOfRise Parse(object value) => new(Convert.ToInt32(value, CultureInfo.InvariantCulture));
}
