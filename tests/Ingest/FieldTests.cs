using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class FieldTests
{
    const string At = "\"t\":\"2025-10-29T21:00:00+07:00\"";

    readonly River _river = new();

    [Theory]
    [InlineData("2.68", 2680)]
    [InlineData("-0.5", -500)]
    [InlineData("2.6805", 2681)]
    [InlineData("1.0005", 1001)]
    [InlineData("-1.0005", -1001)]
    [InlineData("1.00049999999999", 1000)]
    [InlineData("4.0015", 4002)]
    [InlineData("26805e-4", 2681)]
    [InlineData("0.26805E+1", 2681)]
    [InlineData("-0", 0)]
    [InlineData("-0.0001", 0)]
    [InlineData("2.6800000000000000000000000000001", 2680)]
    [InlineData("0.00000000000000000000000000000000000000000000000001", 0)]
    public void A_stage_is_the_nearest_whole_millimetre_of_what_is_written_and_halves_go_away_from_zero(string metres, int millimetres)
    {
        var stage = _river.Values($"{{{At},\"stage_m\":{metres}}}")[Device.StageQuantity];
        Assert.Equal(BitConverter.DoubleToInt64Bits(millimetres), BitConverter.DoubleToInt64Bits(stage.Value));
        Assert.Equal(Flag.Good, stage.Flag);
    }

    [Fact]
    public void Feet_become_millimetres_by_the_scale_of_the_model() =>
        Assert.Equal(3658, _river.Values($"{{{At},\"level_ft\":12.0}}")["stage2"].Value);

    [Fact]
    public void A_message_gives_a_reading_for_every_known_field_at_its_own_time()
    {
        var values = _river.Values($"{{{At},\"seq\":123,\"stage_m\":2.68,\"battery_v\":3.9,\"rssi_dbm\":-71}}");
        Assert.Equal([Device.StageQuantity, "battery", "rssi"], values.Keys);
        Assert.Equal(new Reading(_river.SeriesOf(River.Gauge, "battery", "V"), NodaTime.Instant.FromUtc(2025, 10, 29, 14, 0), River.Now, 3.9, Flag.Good), values["battery"]);
        Assert.Empty(_river.Reasons());
    }

    [Theory]
    [InlineData("8.001", 8001)]
    [InlineData("-2.5", -2500)]
    [InlineData("65.535", 65535)]
    public void A_value_that_the_sensor_cannot_measure_is_kept_as_failed_and_listed(string metres, int millimetres)
    {
        var stage = _river.Values($"{{{At},\"stage_m\":{metres},\"battery_v\":4}}")[Device.StageQuantity];
        Assert.Equal((millimetres, Flag.Fail), (stage.Value, stage.Flag));
        var listed = Assert.Single(_river.Log.Of(River.Gauge));
        Assert.Equal(RejectionReason.OutOfSensorRange, listed.Reason);
        Assert.Equal($"stage_m is {metres}: not in -2 to 8", listed.Detail);
    }

    [Theory]
    [InlineData("8", Flag.Good)]
    [InlineData("-2", Flag.Good)]
    [InlineData("8.0000001", Flag.Fail)]
    public void The_ends_of_a_sensors_range_belong_to_it(string metres, Flag flag) =>
        Assert.Equal(flag, _river.Values($"{{{At},\"stage_m\":{metres}}}")[Device.StageQuantity].Flag);

    [Fact]
    public void True_is_one_and_false_is_nought()
    {
        Assert.Equal(1, _river.Values($"{{{At},\"battery_v\":true}}")["battery"].Value);
        Assert.Equal(0, _river.Values($"{{{At},\"battery_v\":false}}")["battery"].Value);
    }

    [Theory]
    [InlineData("\"2.68\"")]
    [InlineData("\"\"")]
    [InlineData("\"NaN\"")]
    [InlineData("{\"v\":2.68}")]
    [InlineData("[2.68]")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e999999999999")]
    [InlineData("1e9")]
    [InlineData("1.7976931348623157e308")]
    public void What_is_no_number_or_no_stage_spoils_its_own_field_only(string value)
    {
        var values = _river.Values($"{{{At},\"stage_m\":{value},\"battery_v\":3.9}}");
        Assert.Equal(["battery"], values.Keys);
        var rejection = Assert.Single(_river.Log.Of(River.Gauge));
        Assert.Equal(RejectionReason.NotANumber, rejection.Reason);
        Assert.StartsWith("stage_m is ", rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_is_as_good_as_not_said()
    {
        Assert.Equal(["battery"], _river.Values($"{{{At},\"stage_m\":null,\"battery_v\":3.9}}").Keys);
        Assert.Empty(_river.Reasons());
        Assert.Equal(0, _river.Take($"{{{At},\"stage_m\":null}}"));
        Assert.Equal([RejectionReason.NoValue], _river.Reasons());
    }

    [Fact]
    public void Of_a_name_that_stands_twice_the_last_counts()
    {
        var values = _river.Values($"{{\"t\":1,{At},\"stage_m\":1,\"battery_v\":\"x\",\"stage_m\":2,\"battery_v\":3}}");
        Assert.Equal(2000, values[Device.StageQuantity].Value);
        Assert.Equal(3, values["battery"].Value);
        Assert.Empty(_river.Reasons());
    }

    [Fact]
    public void Fields_may_come_in_any_order_and_escaped()
    {
        var values = _river.Values("{\"battery_v\":3.9,\"st\\u0061ge_m\":2,\"t\":\"2025-10-29T21:00:00\\u002B07:00\"}");
        Assert.Equal(2000, values[Device.StageQuantity].Value);
        Assert.Equal(NodaTime.Instant.FromUtc(2025, 10, 29, 14, 0), values["battery"].MeasuredAt);
    }

    [Fact]
    public void Unknown_fields_are_skipped_and_counted_with_whatever_stands_in_them()
    {
        var values = _river.Values($"{{\"a\":{{\"t\":1,\"stage_m\":[9,{{}}]}},{At},\"seq\":1,\"\\ud800\":1,\"b\":[[1],2],\"stage_m\":2.5,\"c\":null}}");
        Assert.Equal(2500, Assert.Single(values).Value.Value);
        Assert.Equal(4, _river.Log.TallyOf(River.Gauge)!.UnknownFields);
        Assert.Equal(4, _river.Meters["canhlu.ingest.unknown_fields"]);
        Assert.Empty(_river.Reasons());
    }

    [Fact]
    public void A_model_of_many_fields_is_read_like_any_other()
    {
        var fields = Enumerable.Range(0, 200).Select(i => new Field($"f{i}", $"q{i}", "1", 1, 0, 1000)).ToArray();
        var river = new River(new Device("wide", new DeviceModel("wide", DeviceKind.Camera, [.. fields]), null, "Wide"));
        Assert.Equal(200, river.Take("wide", $"{{{At},{string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"f{199 - i}\":{i}"))}}}"));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => 199.0 - i), river.Batch.Readings.ToArray().Select(reading => reading.Value));
    }
}
