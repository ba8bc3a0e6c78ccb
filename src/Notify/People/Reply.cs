using System.Collections.Frozen;

namespace CanhLu.Notify;

/// <summary>What a reply means.</summary>
public enum ReplyMeaning
{
    /// <summary>Something else: a person reads it.</summary>
    Other,

    /// <summary>They do not want to be told any more.</summary>
    OptOut,

    /// <summary>They want to be told again.</summary>
    OptIn,
}

/// <summary>Reads what a resident answers to a bulletin, with marks or without, in any case.</summary>
/// <remarks>Only a reply that says nothing else is a wish: <c>DUNG QUA CAU</c> is advice to a neighbour. <c>Đúng</c> (right) and <c>dùng</c> (use) are not <c>dừng</c> (stop), though
/// without marks all three are DUNG, which is taken for the wish that our bulletins name.</remarks>
public static class Reply
{
    static readonly FrozenSet<string> No =
        "stop, unsubscribe, unsub, cancel, huy, huy nhan tin, huy tin, huy dang ky, tu choi, tuchoi, tc, tu choi nhan tin, dung, dung lai, dung nhan tin, dung gui, dung gui tin, khong nhan tin, khong nhan nua"
            .Split(", ").ToFrozenSet();

    static readonly FrozenSet<string> Yes = "start, dk, dang ky, dang ky lai, dong y, nhan tin, nhan lai".Split(", ").ToFrozenSet();

    /// <summary><c>dừng</c> with its marks, composed, decomposed and in between.</summary>
    static readonly FrozenSet<string> Stop = new[] { "dừng", "dư\u0300ng", "du\u031B\u0300ng", "du\u0300\u031Bng" }.ToFrozenSet();

    /// <summary>What a reply means.</summary>
    /// <param name="text">The reply as it came.</param>
    public static ReplyMeaning Read(string text)
    {
        var words = text.ToLowerInvariant().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var plain = string.Join(' ', words.Select(Bare).Where(word => word.Length > 0));
        if (Yes.Contains(plain))
            return ReplyMeaning.OptIn;
        if (!No.Contains(plain))
            return ReplyMeaning.Other;
        var first = words.First(word => Bare(word).Length > 0).Trim([.. Around]);
        return Bare(first) == "dung" && first != "dung" && !Stop.Contains(first) ? ReplyMeaning.Other : ReplyMeaning.OptOut;
    }

    const string Around = " .,!?;:\"'()-*#“”‘’";

    static string Bare(string word) => Unaccented.Of(word).Trim([.. Around]);
}
