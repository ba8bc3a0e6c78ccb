using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary>Says what is being done while somebody waits before a terminal; nothing into a file or a pipe.</summary>
static class Waiting
{
    public static Task<T> While<T>(string doing, bool quiet, Func<Task<T>> work) =>
        quiet || System.Console.IsOutputRedirected ? work() : AnsiConsole.Status().StartAsync(Markup.Escape(doing), _ => work());
}
