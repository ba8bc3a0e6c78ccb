namespace CanhLu.Host.Commands;

/// <summary>What the program answers to whoever started it.</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The answer is no: an invalid site, a missed target, a port in use.</summary>
    public const int No = 1;

    /// <summary>Wrong use.</summary>
    public const int WrongUse = 2;
}
