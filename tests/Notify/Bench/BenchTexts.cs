using System.Text;

namespace CanhLu.Tests.Notify.Bench;

/// <summary>Texts for the SMS bench, of every kind that it must not get wrong. The same seed makes the same texts.</summary>
static class BenchTexts
{
    const string Extension = "^{}[]~|\\€";
    const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    static readonly string[] Emoji = ["😀", "🌊", "⚠️", "👨‍👩‍👧", "🇻🇳", "👍🏽", "🏠", "☔"];
    static readonly string[] Others = ["你好", "สวัสดี", "привет", "مرحبا", "한국어", "ñandú", "\u200B", "\u0007", "\r\n", "\t", "\u00A0", "“”", "’", "…", "–", "٣", "Ｔ"];

    static readonly Func<Random, string>[] Kinds =
    [
        random => Sentence(random, random.Next(0, 60)),
        random => Vietnamese.Decomposed(Sentence(random, random.Next(0, 40))),
        random => Mixed(random, random.Next(0, 400), 0.3, Extension),
        random => Sprinkled(random, Emoji),
        random => AtTheEdge(random, 'a', 160, 153, () => Pick(random, Extension)),
        random => AtTheEdge(random, 'ự', 70, 67, () => Pick(random, Emoji)),
        random => AtTheEdge(random, 'ự', 70, 67, () => Vietnamese.Decomposed("ệ")),
        random => Mixed(random, random.Next(0, 500), 0.005, "\f"),
        random => Sprinkled(random, Others),
        random => Sentence(random, random.Next(0, 30)).ToUpperInvariant() + Pick(random, Extension),
    ];

    public static IReadOnlyList<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        // Half a surrogate pair is no text: JSON cannot carry it, and no carrier takes it.
        return ["", .. Enumerable.Range(1, count - 1).Select(i => Kinds[i % Kinds.Length](random))];
    }

    static string Sentence(Random random, int words)
    {
        var known = Vietnamese.Words.Split(' ');
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Next(6) == 0 ? $"{random.Next(1, 3000) / 100m}m," : known[random.Next(known.Length)]));
    }

    static string Mixed(Random random, int length, double share, string rare)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
            text.Append(random.NextDouble() < share ? rare[random.Next(rare.Length)] : Basic[random.Next(Basic.Length)]);
        return text.ToString();
    }

    static string Sprinkled(Random random, string[] what)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 40); i > 0; i--)
            text.Append(random.Next(4) == 0 ? Pick(random, what) : Sentence(random, 1)).Append(' ');
        return text.ToString();
    }

    /// <summary>So many units as an only message holds, or some parts, or up to two more or fewer, with something that may not be cut where a part ends.</summary>
    static string AtTheEdge(Random random, char filler, int single, int part, Func<string> whole)
    {
        var parts = random.Next(1, 6);
        var units = (random.Next(3) == 0 ? single : part * parts) + random.Next(-2, 3);
        var text = new StringBuilder();
        var filled = 0;
        while (filled < units)
        {
            var inserted = (filled + 1) % part == 0 && random.Next(2) == 0 ? whole() : filler.ToString();
            text.Append(inserted);
            filled += inserted.Length + (filler == 'a' && inserted[0] != filler ? 1 : 0);
        }
        return text.ToString();
    }

    static string Pick(Random random, string of) => of[random.Next(of.Length)].ToString();

    static string Pick(Random random, string[] of) => of[random.Next(of.Length)];
}
