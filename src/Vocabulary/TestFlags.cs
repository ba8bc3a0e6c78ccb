namespace CanhLu;

/// <summary>What each quality test says of one reading, in 27 bits: three for every <see cref="QualityTest"/>, and three for the spike before.</summary>
/// <param name="Packed">From the lowest bits: <see cref="QualityTest.Gap"/> first, the spike before last. 0 is a test that was not made, 1 to 4 are the flags of
/// that number, 5 is <see cref="Flag.Missing"/>.</param>
public readonly record struct TestFlags(uint Packed)
{
    const int Bits = 3;
    const int Before = 8 * Bits;
    const uint Mask = 7;
    const uint MissingCode = 5;

    /// <summary>What a test says; null when it was not made.</summary>
    public Flag? this[QualityTest test] => Decoded((Packed >> (Bits * (int)test)) & Mask);

    /// <summary>What this reading decided of the one before it in its series: whether that was a spike. Null when the test was not made.</summary>
    /// <remarks>So whoever reads a series in order knows every verdict, although a reading is stored before its own.</remarks>
    public Flag? SpikeBefore => Decoded((Packed >> Before) & Mask);

    /// <summary>The same with what one test says.</summary>
    public TestFlags With(QualityTest test, Flag flag) => Put(Bits * (int)test, flag);

    /// <summary>The same with the verdict on the reading before.</summary>
    public TestFlags WithSpikeBefore(Flag flag) => Put(Before, flag);

    /// <summary>The graver of two flags, by the precedence of QARTOD's aggregate: 9, 2, 1, 3, 4 from low to high.</summary>
    public static Flag Graver(Flag a, Flag b) => Rank(a) >= Rank(b) ? a : b;

    static int Rank(Flag flag) => flag switch
    {
        Flag.Fail => 4,
        Flag.Suspect => 3,
        Flag.Good => 2,
        Flag.NotEvaluated => 1,
        _ => 0,
    };

    static Flag? Decoded(uint code) => code switch
    {
        0 => null,
        MissingCode => Flag.Missing,
        _ => (Flag)code,
    };

    TestFlags Put(int shift, Flag flag) =>
        new((Packed & ~(Mask << shift)) | ((flag == Flag.Missing ? MissingCode : (uint)flag) << shift));
}
