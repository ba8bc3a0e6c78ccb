using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CanhLu.Tests.Support;

/// <summary>A log that can be read.</summary>
sealed class Lines<T> : ILogger<T>
{
    readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = [];

    /// <summary>The texts of one message, oldest first.</summary>
    public string[] Of(int id) => [.. _lines.Where(line => line.Id == id).Select(line => line.Text)];

    /// <summary>Everything, for the search for what must not be there.</summary>
    public string All => string.Join('\n', _lines.Select(line => line.Text));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception) + exception));
}
