namespace CanhLu.Host.Commands;

/// <summary>The engine's folder cannot be used; the message is for the person who chose it.</summary>
sealed class DataFolderException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Whether another engine holds it.</summary>
    public bool IsHeld { get; init; }
}
