using System.Diagnostics.CodeAnalysis;

namespace CanhLu.Notify;

/// <summary>A Vietnamese mobile number in E.164, <c>+84905123456</c>. It prints itself masked, so that no log line gives it away by accident.</summary>
/// <param name="E164">The number whole; of a person who was erased, what stands in its place.</param>
public readonly record struct PhoneNumber(string E164)
{
    const int Shown = 3;

    /// <summary>The number for people who need not know it: <c>+84••••••456</c>.</summary>
    public string Masked => !E164.StartsWith('+') ? E164
        : E164.Length <= Shown + 4 ? "•••"
        : $"{E164.AsSpan(0, 3)}{new string('•', E164.Length - 3 - Shown)}{E164.AsSpan(E164.Length - Shown)}";

    /// <summary>Digits only, as Zalo wants them: <c>84905123456</c>.</summary>
    public string Digits => E164[1..];

    /// <summary>The number as it is written at home: <c>0905123456</c>.</summary>
    public string National => $"0{E164.AsSpan(3)}";

    /// <summary>Reads a number as people write it: with 0, 84, +84 or 0084, with spaces, dots, dashes or parentheses, or in the old eleven-digit form.</summary>
    /// <remarks>What is surely meant is put right (a 0 that a spreadsheet has eaten, <c>+84 (0)905…</c>, full-width digits). What has to be guessed is refused with its reason:
    /// a letter for a digit, two numbers in one cell, a digit too few or too many.</remarks>
    /// <param name="text">What was written.</param>
    /// <param name="number">The number.</param>
    /// <param name="reason">Why it is none that can be sent an SMS, after the text in a sentence: <c>is a landline, which gets no SMS</c>.</param>
    public static bool TryRead(string text, out PhoneNumber number, [NotNullWhen(false)] out string? reason)
    {
        var wrong = Wrong(text, out number);
        reason = wrong?.En;
        return wrong is null;
    }

    /// <summary>The same with the reason in both languages; null when the number was read.</summary>
    public static Reason? Wrong(string text, out PhoneNumber number)
    {
        number = default;
        var written = WrittenNumber.Of(text);
        if (written.Wrong is { } wrong)
            return wrong;
        if (NumberingPlan.Wrong(written.National!, out var mobile) is { } no)
            return no;
        number = new PhoneNumber("+84" + mobile);
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Masked;
}
