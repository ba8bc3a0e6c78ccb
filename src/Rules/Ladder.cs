using System.Runtime.CompilerServices;

namespace CanhLu.Rules;

/// <summary>One <see cref="ThresholdSet"/>, compiled to numbers.</summary>
readonly struct Ladder
{
    public readonly long From;
    public readonly Steps Steps;

    public Ladder(ThresholdSet set)
    {
        From = Ticks.Of(set.From);
        Steps[0] = new Step(set.I);
        Steps[1] = new Step(set.II);
        Steps[2] = new Step(set.III);
    }
}

/// <summary>One <see cref="Threshold"/>: millimetres and ticks.</summary>
readonly struct Step(Threshold threshold)
{
    public readonly int Raise = threshold.Raise.Millimetres;
    public readonly int Clear = threshold.Clear.Millimetres;
    public readonly long RaiseHold = Ticks.Of(threshold.RaiseHold);
    public readonly long ClearHold = Ticks.Of(threshold.ClearHold);
}

/// <summary>Level I at 0, II at 1, III at 2.</summary>
[InlineArray(3)]
struct Steps
{
    Step _i;
}
