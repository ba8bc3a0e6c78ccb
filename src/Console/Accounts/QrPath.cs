using System.Globalization;
using System.Text;
using QRCoder;

namespace CanhLu.Console.Accounts;

/// <summary>A text as a QR code (ISO/IEC 18004): one path of an SVG in squares of one unit, so that the page puts no markup of others into itself.</summary>
/// <param name="Size">Its width and height, with its quiet border.</param>
/// <param name="Path">The dark squares, as the attribute <c>d</c> of a path.</param>
sealed record QrPath(int Size, string Path)
{
    public static QrPath Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows[y].Length; x++)
                if (rows[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new QrPath(rows.Count, path.ToString());
    }
}
