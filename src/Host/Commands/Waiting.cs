using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary>Says what is being done while somebody waits before a terminal; nothing into a file or a pipe.</summary>
static class Waiting
{
    public static Task<T> While<T>(string doing, bool quiet, Func<Task<T>> work) =>
        quiet || System.Console.IsOutputRedirected ? work() : AnsiConsole.Status().StartAsync(Markup.Escape(doing), _ => work());

    /// <summary>The same with a bar, of what tells how far it is: 0 to 1. Nobody is told where nobody looks.</summary>
    public static Task<T> WithShare<T>(string doing, bool quiet, Func<Action<double>?, Task<T>> work) =>
        quiet || System.Console.IsOutputRedirected
            ? work(null)
            : AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask(Markup.Escape(doing), maxValue: 1);
                    return work(share => bar.Value = share);
                });
}
