using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class SenMLTests
{
    const string Base = "\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"bt\":1761746400";

    readonly Abroad _abroad = new();

    [Fact]
    public void A_pack_gives_each_record_its_name_time_and_value()
    {
        var pack = $$"""[{{{Base}},"n":"stage","u":"m","v":2.68},{"n":"battery","u":"V","v":3.9},{"n":"stage","u":"m","t":-600.5,"v":2.61}]""";
        Assert.Equal(["lora-1 stage 0 2680 1", "lora-1 battery 0 3.9 1", "lora-1 stage -600.5 2610 1"], _abroad.Readings(Abroad.SenML, pack));
        Assert.Empty(_abroad.River.Reasons(Abroad.Gauge));
    }

    [Theory]
    // Base values are added in decimal: 2 and 0.6805 are 2.6805, which is 2681 mm.
    [InlineData("""[{"bv":2,"bu":"m","bt":1761746400,"n":"stage","v":0.6805}]""", "lora-1 stage 0 2681 1")]
    [InlineData("""[{"bv":2.5,"bt":1761746400,"n":"stage"}]""", "lora-1 stage 0 2500 1")]
    [InlineData("""[{"n":"stage","v":0.5,"bt":1761746000,"bv":2,"t":400}]""", "lora-1 stage 0 2500 1")]
    // The whole name goes before its last part.
    [InlineData("""[{"bn":"stage_m","bt":1761746400,"v":1}]""", "lora-1 stage 0 1000 1")]
    [InlineData("""[{"bn":"stage","n":"_m","bt":1761746400,"v":1}]""", "lora-1 stage 0 1000 1")]
    [InlineData("""[{"bn":"a/b/","bt":1761746400},{"n":"stage","v":1}]""", "lora-1 stage 0 1000 1")]
    [InlineData("""[{"n":"st\u0061ge","t":1761746400,"v":1}]""", "lora-1 stage 0 1000 1")]
    [InlineData("""[{"bver":10,"n":"stage","t":1.7617464e9,"v":1.0,"ut":60,"s":4,"x":{"y":[1]}}]""", "lora-1 stage 0 1000 1")]
    [InlineData("""[{"n":"stage","t":1761746400.25,"vb":true}]""", "lora-1 stage 0.25 1000 1")]
    [InlineData("""[{"n":"stage","u":"ft","t":1761746400,"v":1},{"n":"battery","t":1761746400,"v":4}]""", "lora-1 battery 0 4 1")]
    [InlineData("""[{"n":"stage","t":1761746400,"v":9}]""", "lora-1 stage 0 9000 4")]
    // Now is 14:00:05: below 2^28 a time counts from there, and nobody knows how long the pack was under way.
    [InlineData("""[{"n":"stage","v":2.5}]""", "lora-1 stage 5 2500 3")]
    [InlineData("""[{"bt":-10,"n":"stage","t":-5.5,"v":2.5}]""", "lora-1 stage -10.5 2500 3")]
    [InlineData("""[{"bt":60,"n":"stage","v":2.5}]""", "lora-1 stage 65 2500 3")]
    public void What_RFC_8428_allows_is_read(string pack, string reading) => Assert.Equal([reading], _abroad.Readings(Abroad.SenML, pack));

    [Theory]
    [InlineData("", "NotJson")]
    [InlineData("{\"n\":\"stage\",\"v\":1}", "NotItsFormat: no array of SenML records")]
    [InlineData("[]", "NoValue: no value in any record")]
    [InlineData("[1]", "NotJson: element 0: no object")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"v\":1}", "NotJson")]
    [InlineData("[{\"n\":\"humidity\",\"t\":1761746400,\"v\":1}]", "NoValue: no name that the model knows")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400}]", "NoValue: element 0: no value")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"s\":12}]", "NoValue: element 0: no value")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"vs\":\"wet\"}]", "NotANumber: element 0: stage_m: no number")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"v\":\"2.5\"}]", "NotANumber: element 0: stage_m: no number")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"bv\":1e308,\"v\":1e308}]", "NotANumber: element 0: stage_m: no number")]
    [InlineData("[{\"n\":\"stage\",\"t\":\"now\",\"v\":1}]", "BadTime: element 0: bt and t give no time in the years 2000 to 2100")]
    [InlineData("[{\"n\":\"stage\",\"t\":268435456,\"v\":1}]", "BadTime: element 0: bt and t give no time in the years 2000 to 2100")]
    [InlineData("[{\"n\":\"stage\",\"t\":-1e12,\"v\":1}]", "BadTime: element 0: bt and t give no time in the years 2000 to 2100")]
    [InlineData("[{\"n\":\"stage\",\"bt\":9e12,\"t\":9e12,\"v\":1}]", "BadTime: element 0: bt and t give no time in the years 2000 to 2100")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761800000,\"v\":1}]", "Future: element 0: bt and t are 0:14:53:15 ahead of our clock")]
    [InlineData("[{\"n\":\"stage\",\"t\":268435455,\"v\":1}]", "Future: element 0: bt and t are 3106:21:24:15 ahead of our clock")]
    [InlineData("[{\"n\":\"stage\",\"u\":\"mm\",\"t\":1761746400,\"v\":1}]", "WrongUnit: element 0: stage_m is in mm, and the model has it in 1000 mm")]
    [InlineData("[{\"bu\":\"Cel\",\"n\":\"battery\",\"t\":1761746400,\"v\":1}]", "WrongUnit: element 0: battery_v is in Cel, and the model has it in V")]
    [InlineData("[{\"n\":7,\"t\":1761746400,\"v\":1}]", "NotItsFormat: element 0: a label of SenML with a value of another type")]
    [InlineData("[{\"bver\":11,\"n\":\"stage\",\"t\":1761746400,\"v\":1}]", "NotItsFormat: element 0: a version of SenML above 10")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"v\":1},{\"ct_\":\"x\"}]", "NotItsFormat: element 1: a label that ends in _ is not known here, and must be (RFC 8428, 4.4)")]
    [InlineData("[{\"n\":\"stage\",\"t\":1761746400,\"v\":1,\"x\":[[[[[[[[1]]]]]]]]}]", "TooDeep: more than 8 levels")]
    public void What_it_does_not_allow_is_rejected_with_its_reason(string pack, string reason)
    {
        Assert.StartsWith(reason, Assert.Single(_abroad.Refused(Abroad.SenML, pack)), StringComparison.Ordinal);
        Assert.Equal(0, _abroad.River.Batch.Count);
    }

    [Theory]
    [InlineData("m", "mm", 1000, true)]
    [InlineData("mm", "mm", 1, true)]
    [InlineData("cm", "mm", 10, true)]
    [InlineData("m", "mm", 1, false)]
    [InlineData("m", "m", 1, true)]
    [InlineData("%", "%", 1, true)]
    [InlineData("/", "%", 100, true)]
    [InlineData("/", "%", 1, false)]
    [InlineData("count", "{clients}", 1, true)]
    [InlineData("B", "By", 1, true)]
    [InlineData("bit", "By", 1, false)]
    [InlineData("l/s", "m3/s", 0.001, true)]
    [InlineData("furlong", "furlong", 1, true)]
    [InlineData("furlong", "furlong", 2, false)]
    [InlineData("furlong", "m", 1, false)]
    [InlineData("m", "furlong", 1, false)]
    public void A_unit_agrees_when_it_is_that_of_the_number_on_the_wire(string said, string unit, double scale, bool agrees) => Assert.Equal(
        agrees, CanhLu.Ingest.Decoders.SenMLUnits.Agrees(System.Text.Encoding.UTF8.GetBytes(said), new Field("x", "x", unit, scale, 0, 1)));

    [Fact]
    public void More_records_than_a_backlog_may_have_are_too_large()
    {
        var pack = $"[{string.Join(',', Enumerable.Repeat("{}", 10_001))}]";
        Assert.Equal(["TooLarge: more than 10000 elements"], _abroad.Refused(Abroad.SenML, pack));
    }

    [Fact]
    public void A_device_may_speak_it_on_a_topic_of_its_own()
    {
        Assert.Equal(["tk-01 stage 0 2680 1"], _abroad.Readings("canhlu/v1/tk-01/senml", """[{"n":"stage_m","t":1761746400,"v":2.68}]"""));
        Assert.Equal(["UnknownTopic"], _abroad.Refused("canhlu/v1/tk-01/xml", "x", "tk-01").Select(one => one.Split(':')[0]));
    }
}
