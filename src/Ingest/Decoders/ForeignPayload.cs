using System.Buffers;
using System.Text.Unicode;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest.Decoders;

/// <summary>A payload in JSON that is not our own: gives it to the reader of its format.</summary>
static class ForeignPayload
{
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    public static void Read(
        KnownDevice device, Decoding decoding, ReadOnlySpan<byte> payload, Instant receivedAt, Duration tolerance, ReadingBatch batch, ref Findings findings)
    {
        // The reader itself does not look into the strings that it skips.
        if (!Utf8.IsValid(payload))
        {
            findings.Whole(RejectionReason.NotJson, "not UTF-8");
            return;
        }
        if (decoding.Format == PayloadFormat.SenML)
        {
            // Each record is one value: nothing needs to be gathered.
            var pack = new SenMLPayload(device, decoding, payload, receivedAt, tolerance, batch);
            pack.Read(ref findings);
            return;
        }
        Slot[]? rented = null;
        var slots = device.Fields.Length <= FieldSlots.OnStack
            ? stackalloc Slot[FieldSlots.OnStack]
            : rented = ArrayPool<Slot>.Shared.Rent(device.Fields.Length);
        slots = slots[..device.Fields.Length];
        try
        {
            if (decoding.Format == PayloadFormat.NetJson)
            {
                var state = new NetJsonPayload(device, decoding, payload, receivedAt, tolerance, batch, slots);
                state.Read(ref findings);
            }
            else
            {
                var uplink = new UplinkPayload(device, decoding, payload, receivedAt, tolerance, batch, slots);
                uplink.Read(ref findings);
            }
        }
        finally
        {
            if (rented is not null)
                ArrayPool<Slot>.Shared.Return(rented);
        }
    }
}
