using System.Data;
using System.Globalization;
using Dapper;

namespace CanhLu.Database;

/// <summary>A stage in a column: whole millimetres, INTEGER; columns of it are named <c>…stage_mm</c>.</summary>
sealed class StageColumn : SqlMapper.TypeHandler<Stage>
{
    public override void SetValue(IDbDataParameter parameter, Stage value)
    {
        parameter.DbType = DbType.Int32;
        parameter.Value = value.Millimetres;
    }

    public override Stage Parse(object value) => new(Convert.ToInt32(value, CultureInfo.InvariantCulture));
}
