using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CanhLu.Archive.Influx;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>A thousand readings of a hundred series as line protocol, ready to be sent: UTF-8 bytes.</summary>
[MemoryDiagnoser]
[Config(typeof(Short))]
public class LineBench : IDisposable
{
    const int Readings = 1000;
    const int Series = 100;
    const long Micro = 1_000_000;

    static readonly DateTime Epoch = DateTime.UnixEpoch;

    readonly byte[][] _keys = [.. Enumerable.Range(0, Series).Select(i => LineBuffer.KeyOf("stage", ("device", $"gauge {i:000}"), ("unit", "mm")))];
    readonly string[] _texts = [.. Enumerable.Range(0, Series).Select(i => $"stage,device=gauge\\ {i:000},unit=mm")];
    readonly Instant[] _times = [.. Enumerable.Range(0, Readings).Select(i => Instant.FromUnixTimeSeconds(1_761_746_400 + i))];
    readonly double[] _values = [.. Enumerable.Range(0, Readings).Select(i => 1200 + i % 97 + i % 10 / 10.0)];
    readonly LineBuffer _lines = new(InfluxPrecision.Microseconds);
    readonly StringBuilder _text = new();

    [GlobalSetup]
    public void Same()
    {
        Buffered();
        if (!_lines.Bytes(0, Readings).Span.SequenceEqual(Built()) || !Formatted().AsSpan().SequenceEqual(Built()))
            throw new InvalidOperationException("The three do not write the same.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Readings, Description = "StringBuilder")]
    public byte[] Built()
    {
        _text.Clear();
        for (var i = 0; i < Readings; i++)
        {
            _text.Append(_texts[i % Series]).Append(" value=").Append(_values[i].ToString(CultureInfo.InvariantCulture)).Append(",flag=1i,received=").Append(Micros(i) + 500_000).Append("i ")
                .Append(Micros(i)).Append('\n');
        }
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    [Benchmark(OperationsPerInvoke = Readings, Description = "string.Format")]
    public byte[] Formatted()
    {
        _text.Clear();
        for (var i = 0; i < Readings; i++)
            _text.Append(string.Format(CultureInfo.InvariantCulture, "{0} value={1},flag={2}i,received={3}i {4}\n", _texts[i % Series], _values[i], 1, Micros(i) + 500_000, Micros(i)));
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    [Benchmark(OperationsPerInvoke = Readings, Description = "LineBuffer")]
    public int Buffered()
    {
        _lines.Clear();
        for (var i = 0; i < Readings; i++)
        {
            _lines.Key(_keys[i % Series]);
            _lines.Field("value"u8, _values[i]);
            _lines.Field("flag"u8, 1L);
            _lines.Field("received"u8, Micros(i) + 500_000);
            _lines.End(_times[i]);
        }
        return _lines.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _lines.Dispose();
        GC.SuppressFinalize(this);
    }

    long Micros(int i) => (_times[i].ToDateTimeUtc() - Epoch).Ticks / (TimeSpan.TicksPerSecond / Micro);
}
