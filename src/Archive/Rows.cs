using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>Readings as a query yields them.</summary>
static class Rows
{
    /// <summary>The columns of a reading, in the order in which <see cref="Reading(DuckDBDataReader)"/> takes them.</summary>
    public const string Columns = "series, epoch_us(measured_at), epoch_us(received_at), value, flag, tests";

    public static Reading Reading(this DuckDBDataReader row) => new(
        new SeriesId(row.GetInt32(0)), Microseconds.ToInstant(row.GetInt64(1)), Microseconds.ToInstant(row.GetInt64(2)), row.GetDouble(3), (Flag)row.GetByte(4))
    {
        Tests = new TestFlags(row.GetFieldValue<uint>(5)),
    };
}
