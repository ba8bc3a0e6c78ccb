using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.Wire;

/// <summary>The simulator's own encoder of the native payload: it shares nothing with the engine's decoder, so that the two cannot share a bug.</summary>
public static class Payload
{
    static readonly Offset VietNam = Offset.FromHours(7);

    static readonly OffsetDateTimePattern Iso =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFo<+HH:mm>");

    /// <summary>The bytes of one message: an object for one sample, an array (a backlog) for several.</summary>
    /// <exception cref="ArgumentException"><paramref name="samples"/> is empty.</exception>
    public static byte[] Encode(IReadOnlyList<Sample> samples, TimeStyle style)
    {
        if (samples.Count == 0)
        {
            throw new ArgumentException("A message has at least one sample.", nameof(samples));
        }

        var buffer = new ArrayBufferWriter<byte>(96 * samples.Count);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        if (samples.Count == 1)
        {
            Write(json, samples[0], style);
        }
        else
        {
            json.WriteStartArray();
            foreach (var sample in samples)
            {
                Write(json, sample, style);
            }

            json.WriteEndArray();
        }

        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, Sample sample, TimeStyle style)
    {
        json.WriteStartObject();
        if (style == TimeStyle.Iso)
        {
            // The relaxed writer would escape the plus sign of the offset; nothing in this text needs escaping.
            json.WritePropertyName("t");
            json.WriteRawValue($"\"{Iso.Format(sample.At.WithOffset(VietNam))}\"", skipInputValidation: true);
        }
        else
        {
            json.WriteNumber("t", sample.At.ToUnixTimeMilliseconds());
        }

        if (sample.Seq is { } seq)
        {
            json.WriteNumber("seq", seq);
        }

        foreach (var value in sample.Values)
        {
            json.WriteNumber(value.Name, WithoutTrailingZeros(value.Number));
        }

        json.WriteEndObject();
    }

    // Dividing by one with 28 decimals leaves the value and drops the zeros at its end.
    static decimal WithoutTrailingZeros(decimal number) => number / 1.0000000000000000000000000000m;
}
