using System.Text;

namespace CanhLu.Tests.Notify.Bench;

/// <summary>Vietnamese letters composed and decomposed. By a table of its own, because normalisation does nothing under invariant globalization.</summary>
static class Vietnamese
{
    /// <summary>The letters with their composed forms in the order grave, acute, hook, tilde, dot.</summary>
    const string Vowels = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ";

    const string Tones = "\u0300\u0301\u0309\u0303\u0323";

    static readonly Dictionary<char, string> Apart = Letters();

    public static string Words { get; } =
        "mực nước sông Bàn Thạch Tam Kỳ dưới trên báo động khẩn cấp sơ tán đến nơi cao ngay lũ lụt hồ Phú Ninh xả tràn phường Hương Trà Quảng Phú thôn xã bà con giờ ngày " +
        "ưỡn ngẫm ỷ ỵ khuỷu nghiêng Đặng Nguyễn Ứng Ỹ Ổn Ẫm Ẵn ằ ẳ ặ ề ể ễ ệ ồ ổ ỗ ộ ờ ở ỡ ợ ừ ử ữ ự";

    /// <summary>The text with every letter of the language as its base letter and its marks (NFD).</summary>
    public static string Decomposed(string text)
    {
        var apart = new StringBuilder(text.Length * 2);
        foreach (var letter in text)
            apart.Append(Apart.TryGetValue(letter, out var pieces) ? pieces : letter.ToString());
        return apart.ToString();
    }

    static Dictionary<char, string> Letters()
    {
        var letters = new Dictionary<char, string>();
        foreach (var row in Vowels.Split(' '))
        {
            var (plain, shape) = row[0] switch
            {
                'ă' => ('a', "\u0306"),
                'â' => ('a', "\u0302"),
                'ê' => ('e', "\u0302"),
                'ô' => ('o', "\u0302"),
                'ơ' => ('o', "\u031B"),
                'ư' => ('u', "\u031B"),
                var letter => (letter, ""),
            };
            for (var i = 0; i < row.Length; i++)
            {
                var tone = i == 0 ? "" : Tones[i - 1].ToString();
                // In canonical order the horn comes first, then the dot below, then what stands above.
                var marks = tone == "\u0323" && shape != "\u031B" ? tone + shape : shape + tone;
                letters[row[i]] = plain + marks;
                letters[char.ToUpperInvariant(row[i])] = char.ToUpperInvariant(plain) + marks;
            }
        }
        return letters;
    }
}
