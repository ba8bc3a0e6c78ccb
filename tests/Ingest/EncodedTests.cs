using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Tests.Ingest;

public sealed class EncodedTests
{
    static readonly OffsetDateTimePattern Iso = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFo<+HH:mm>");

    readonly River _river = new();

    /// <summary>A message before it is written: the encoder's side.</summary>
    public sealed record Said(long Microseconds, int OffsetMinutes, bool AsEpoch, int Millimetres, int CentiVolts, bool IsShuffled, int Extras);

    public static class Said_
    {
        public static Arbitrary<Said> Said() => (
            from microseconds in Gen.Choose(0, int.MaxValue).Two().Select(pair => pair.Item1 * 350_000L + pair.Item2 % 350_000)
            from offset in Gen.Choose(-18 * 4, 18 * 4)
            from asEpoch in Gen.Elements(true, false)
            from millimetres in Gen.Choose(-2000, 8000)
            from centiVolts in Gen.Choose(0, 2000)
            from isShuffled in Gen.Elements(true, false)
            from extras in Gen.Choose(0, 3)
            select new Said(946_684_800_000_000 + microseconds, offset * 15, asEpoch, millimetres, centiVolts, isShuffled, extras)).ToArbitrary();
    }

    [Property(MaxTest = 5000, Arbitrary = [typeof(Said_)])]
    public bool What_was_encoded_is_what_is_decoded(Said[] backlog)
    {
        var river = _river;
        river.Batch.Truncate(0);
        var before = river.Log.TallyOf(River.Gauge)!.UnknownFields;
        var said = backlog.Where(one => one.Microseconds < River.Now.ToUnixTimeTicks() / 10).ToArray();
        if (said.Length == 0)
            return true;
        river.Take(said.Length == 1 ? Encode(said[0]) : $"[{string.Join(", ", said.Select(Encode))}]");
        var expected = said.SelectMany(one => new[]
        {
            new Reading(river.SeriesOf(River.Gauge, Device.StageQuantity, "mm"), At(one), River.Now, one.Millimetres, Flag.Good),
            new Reading(river.SeriesOf(River.Gauge, "battery", "V"), At(one), River.Now, one.CentiVolts / 100.0, Flag.Good),
        });
        return expected.SequenceEqual(river.Batch.Readings.ToArray())
            && river.Log.TallyOf(River.Gauge)!.Rejections == 0
            && river.Log.TallyOf(River.Gauge)!.UnknownFields - before == said.Sum(one => one.Extras);
    }

    static Instant At(Said said) => Instant.FromUnixTimeTicks(said.Microseconds * 10);

    static string Encode(Said said)
    {
        var at = said.AsEpoch
            ? (said.Microseconds / 1000m).ToString(CultureInfo.InvariantCulture)
            : $"\"{Iso.Format(At(said).WithOffset(Offset.FromSeconds(said.OffsetMinutes * 60)))}\"";
        var fields = new List<string>
        {
            $"\"t\":{at}",
            $"\"stage_m\" : {(said.Millimetres / 1000m).ToString(CultureInfo.InvariantCulture)}",
            $"\"battery_v\":{(said.CentiVolts / 100m).ToString("0.00", CultureInfo.InvariantCulture)}",
            "\"seq\":4711",
        };
        for (var i = 0; i < said.Extras; i++)
            fields.Add($"\"extra{i}\":{{\"stage_m\":[{i}, \"}}\"]}}");
        if (said.IsShuffled)
            fields.Reverse();
        return new StringBuilder().Append("{ ").AppendJoin(',', fields).Append('}').ToString();
    }
}
