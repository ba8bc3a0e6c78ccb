using System.Globalization;
using System.Text;
using CanhLu.Database;
using Dapper;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify.Proof;

/// <summary>What a ledger says at its end.</summary>
/// <param name="Rows">How many deliveries it has.</param>
/// <param name="Hash">The hash of its last line. Kept elsewhere, it proves the whole file.</param>
public sealed record ProofSeal(long Rows, string Hash);

/// <summary>Who was told what, as a file that shows every later change: one line a delivery, chained (see <see cref="ProofChain"/>).</summary>
/// <param name="operations">Where deliveries are kept.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class ProofFile(Operations operations, IClock clock)
{
    /// <summary>How the first line begins.</summary>
    public const string Head = "canhlu-ledger,1,sha-256";

    /// <summary>How the last line begins.</summary>
    public const string End = "end,";

    /// <summary>The second line.</summary>
    internal const string Columns =
        "bulletin,recipient,number,ward,carrier,key,level,state,attempts,planned_at,handed_over_at,doubtful_at,accepted_at,delivered_at,settled_at,reference,code,answer,passed_to,passed_why,seen_at";

    /// <summary>Writes the ledger.</summary>
    /// <param name="to">Where to; UTF-8 without a mark, lines end in LF.</param>
    /// <param name="bulletin">Only this bulletin; null for all.</param>
    /// <param name="clear">Whether telephone numbers are written whole; else masked.</param>
    public ProofSeal Write(Stream to, long? bulletin, bool clear)
    {
        using var chain = new ProofChain();
        var rows = 0L;
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{Head},installation {operations.Installation},numbers {(clear ? "clear" : "masked")},{(bulletin is { } one ? $"bulletin {one}" : "all bulletins")},written {InstantPattern.General.Format(clock.GetCurrentInstant())}"));
        Line(Columns);
        return operations.Read(connection =>
        {
            foreach (var row in connection.Query<ProofRow>(Statements.Of("proof-rows"), new { bulletin }, buffered: false))
            {
                Line(row.Line(clear));
                rows++;
            }
            Line(string.Create(CultureInfo.InvariantCulture, $"{End}{rows}"));
            return new ProofSeal(rows, chain.Hash);
        });

        void Line(string content)
        {
            var bytes = Encoding.UTF8.GetBytes(content);
            to.Write(bytes);
            to.Write(Encoding.ASCII.GetBytes($",{chain.Add(bytes)}\n"));
        }
    }
}
