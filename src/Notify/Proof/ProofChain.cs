using System.Security.Cryptography;
using System.Text;

namespace CanhLu.Notify.Proof;

/// <summary>The chain that holds the lines of a ledger together: each line's hash is SHA-256 over the hash before it and the line.</summary>
/// <remarks>A line is its content, a comma and its hash: <c>hash = hex(SHA-256(hash before + content))</c>, 64 small hexadecimal digits; nothing is before the
/// first line. The bytes are those of the file (UTF-8), so that nobody has to know how they came about.</remarks>
sealed class ProofChain : IDisposable
{
    /// <summary>Hexadecimal digits of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes * 2;

    readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The hash of the last line; empty before the first.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Adds a line's content and returns its hash.</summary>
    public string Add(ReadOnlySpan<byte> content)
    {
        _sha.AppendData(Encoding.ASCII.GetBytes(Hash));
        _sha.AppendData(content);
        return Hash = Convert.ToHexStringLower(_sha.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _sha.Dispose();
}
