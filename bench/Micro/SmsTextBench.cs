using BenchmarkDotNet.Attributes;
using CanhLu.Notify;

namespace CanhLu.Bench;

/// <summary>What a text is as SMS: its coding, segments and what forces Unicode; its form without marks; all that <c>canhlu sms</c> says of it.</summary>
/// <remarks>The baseline is the least that anybody must do: look each letter up in the alphabet.</remarks>
[MemoryDiagnoser]
[Config(typeof(Short))]
public class SmsTextBench
{
    const string Marked =
        "Mực nước sông Tam Kỳ tại trạm Tam Kỳ lúc 21 giờ 30 phút ngày 29/10/2025: 2,68 m, dưới báo động III 0,02 m. "
        + "Người dân kê cao tài sản, không lội qua chỗ ngập, sẵn sàng sơ tán khi có lệnh.";

    static readonly SmsTerms Terms = new(10, 800);

    string _text = "";

    /// <summary>With its marks or without.</summary>
    [Params(true, false)]
    public bool Marks { get; set; }

    [GlobalSetup]
    public void Setup() => _text = Marks ? Marked : Unaccented.Of(Marked);

    [Benchmark(Baseline = true, Description = "each letter looked up")]
    public int Looked()
    {
        var basic = 0;
        foreach (var letter in _text)
            basic += Gsm0338.IsBasic(letter) ? 1 : Gsm0338.IsExtension(letter) ? 2 : 0;
        return basic;
    }

    [Benchmark(Description = "coding and segments")]
    public int Sized() => SmsSize.Of(_text).Segments;

    [Benchmark(Description = "without marks")]
    public string Plain() => Unaccented.Of(_text);

    [Benchmark(Description = "the whole bench")]
    public int Whole() => SmsBench.Of(_text, Terms, 30_000).UnaccentedSegments;
}
