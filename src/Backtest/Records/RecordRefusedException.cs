using System.Globalization;

namespace CanhLu.Backtest.Records;

/// <summary>A file cannot be used as it is: the message names the file, the line, what is wrong there and what would be right.</summary>
public sealed class RecordRefusedException : Exception
{
    /// <summary>About the file as a whole.</summary>
    public RecordRefusedException(string file, string wrong, string remedy)
        : base($"{file}: {wrong}; {remedy}")
    {
    }

    /// <summary>About one of its lines.</summary>
    public RecordRefusedException(string file, long line, string wrong, string remedy)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: {wrong}; {remedy}"))
    {
    }
}
