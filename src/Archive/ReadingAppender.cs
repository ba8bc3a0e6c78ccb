using DuckDB.NET.Native;

namespace CanhLu.Archive;

/// <summary>Puts readings into the table a chunk of columns at a time, at tens of nanoseconds a reading; the bindings' row-by-row appender takes about a microsecond.</summary>
/// <remarks>Belongs to one connection and works inside its open transaction. After an exception it is of no further use.</remarks>
sealed unsafe class ReadingAppender : IDisposable
{
    const int Columns = 7;

    static readonly int ChunkRows = (int)NativeMethods.Helpers.DuckDBVectorSize();

    readonly DuckDBAppender _appender;
    readonly DuckDBDataChunk _chunk;

    public ReadingAppender(DuckDBNativeConnection connection)
    {
        if (NativeMethods.Appender.DuckDBAppenderCreate(connection, null!, "readings", out _appender) != DuckDBState.Success)
        {
            var why = Words();
            _appender.Dispose();
            throw new IOException(why);
        }
        var types = new DuckDBLogicalType[Columns];
        var handles = new nint[Columns];
        for (var column = 0; column < Columns; column++)
        {
            types[column] = NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)column);
            handles[column] = types[column].DangerousGetHandle();
        }
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(handles, Columns);
        foreach (var type in types)
            type.Dispose();
    }

    /// <summary>Appends readings at consecutive positions and hands them to the transaction.</summary>
    public void Append(ReadOnlySpan<Reading> readings, long position)
    {
        while (!readings.IsEmpty)
        {
            var part = readings[..Math.Min(ChunkRows, readings.Length)];
            Fill(part, position);
            Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
            readings = readings[part.Length..];
            position += part.Length;
        }
        Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));
    }

    public void Dispose()
    {
        // Else what a failed append left behind would be written on the way out, in a transaction of its own.
        NativeMethods.Appender.DuckDBAppenderClear(_appender);
        _chunk.Dispose();
        _appender.Dispose();
    }

    void Fill(ReadOnlySpan<Reading> readings, long position)
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        var series = Column<int>(0);
        var measured = Column<long>(1);
        var received = Column<long>(2);
        var values = Column<double>(3);
        var flags = Column<byte>(4);
        var positions = Column<long>(5);
        var tests = Column<uint>(6);
        for (var i = 0; i < readings.Length; i++)
        {
            ref readonly var reading = ref readings[i];
            series[i] = reading.Series.Value;
            measured[i] = Microseconds.Of(reading.MeasuredAt);
            received[i] = Microseconds.Of(reading.ReceivedAt);
            values[i] = reading.Value;
            flags[i] = (byte)reading.Flag;
            positions[i] = position + i;
            tests[i] = reading.Tests.Packed;
        }
        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)readings.Length);
    }

    Span<T> Column<T>(int index) =>
        new(NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, index)), ChunkRows);

    void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success)
            throw new IOException(Words());
    }

    string Words()
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        return NativeMethods.ErrorData.DuckDBErrorDataMessage(error);
    }
}
