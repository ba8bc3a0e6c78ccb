namespace CanhLu.Notify;

/// <summary>Why something is not as it should be, after its value in a sentence, in both languages: <c>is a landline, which gets no SMS</c>.</summary>
/// <param name="En">In English.</param>
/// <param name="Vi">In Vietnamese.</param>
public readonly record struct Reason(string En, string Vi);
