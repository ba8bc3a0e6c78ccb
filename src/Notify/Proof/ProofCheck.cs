using System.Globalization;
using System.Text;

namespace CanhLu.Notify.Proof;

/// <summary>Reads a ledger again and follows its chain to the first line that breaks it.</summary>
public static class ProofCheck
{
    /// <summary>A ledger's lines have some hundreds of bytes.</summary>
    const int LongestLine = 1 << 20;

    /// <summary>Whether a ledger is whole: nothing altered, removed, added, put elsewhere or cut off.</summary>
    /// <remarks>Who rewrites all of the file can make a new chain: only <paramref name="expected"/>, kept elsewhere, shows that.</remarks>
    /// <param name="ledger">The file's bytes.</param>
    /// <param name="expected">The hash that the last line had; null when it is not known.</param>
    public static ProofVerdict Of(Stream ledger, string? expected = null)
    {
        using var chain = new ProofChain();
        var (number, ended) = (0L, -1L);
        foreach (var line in Lines(ledger))
        {
            number++;
            if (ended >= 0)
                return new ProofVerdict.Broken(number, "something follows the closing line");
            if (line is not [.., (byte)'\n'])
                return new ProofVerdict.Broken(number, "the file is cut off in this line, or the line is far too long");
            if (line.Length < ProofChain.HashLength + 2 || line[^(ProofChain.HashLength + 2)] != ',')
                return new ProofVerdict.Broken(number, "the line has no hash at its end");
            ReadOnlySpan<byte> content = line.AsSpan(0, line.Length - ProofChain.HashLength - 2);
            var hash = Encoding.ASCII.GetString(line.AsSpan(line.Length - ProofChain.HashLength - 1, ProofChain.HashLength));
            if (number == 1 && !content.StartsWith(Encoding.ASCII.GetBytes(ProofFile.Head + ",")))
                return new ProofVerdict.Broken(number, $"this is no ledger: the first line begins with {ProofFile.Head}");
            if (chain.Add(content) != hash)
                return new ProofVerdict.Broken(number, "the line was altered, or a line before it was altered together with its hash, removed, added or put elsewhere");
            if (!content.StartsWith(Encoding.ASCII.GetBytes(ProofFile.End)))
                continue;
            if (!long.TryParse(content[ProofFile.End.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out ended) || ended != number - 3)
                return new ProofVerdict.Broken(number, string.Create(CultureInfo.InvariantCulture, $"the closing line counts other deliveries than the {number - 3} that are there"));
        }
        return ended < 0 ? new ProofVerdict.Broken(number + 1, "the closing line is missing: the end was cut off")
            : expected is not null && !expected.Equals(chain.Hash, StringComparison.OrdinalIgnoreCase)
                ? new ProofVerdict.Broken(number, "the chain holds, but it ends in another hash than the one given: the whole file was written anew")
            : new ProofVerdict.Whole(new ProofSeal(ended, chain.Hash));
    }

    /// <summary>Lines with their LF; the last one without when it has none.</summary>
    static IEnumerable<byte[]> Lines(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var line = new List<byte>();
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            for (var from = 0; from < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, read - from);
                var until = end < 0 ? read : end + 1;
                line.AddRange(buffer.AsSpan(from, until - from));
                from = until;
                if (end < 0 && line.Count <= LongestLine)
                    continue;
                yield return [.. line];
                line.Clear();
            }
        }
        if (line.Count > 0)
            yield return [.. line];
    }
}
