using System.ComponentModel;
using System.Diagnostics;

namespace CanhLu.Host.Afterwards;

/// <summary>Prints a page as PDF with the Chromium of this machine.</summary>
static class PdfPrinter
{
    static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Prints it; returns what stood in the way and the remedy, null when nothing did.</summary>
    public static async Task<string?> Print(string html, string pdf, CancellationToken cancellation)
    {
        if (Find() is not { } program)
            return $"There is no Chromium here to print with, so {pdf} was not written: install it (Debian: apt-get install chromium), or open {html} in a browser and print it as PDF.";
        var profile = Directory.CreateTempSubdirectory("canhlu-print-");
        try
        {
            File.Delete(pdf);
            string[] arguments =
            [
                "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer",
                // Chromium refuses its sandbox to root; the page is ours and has no script.
                .. Environment.UserName == "root" ? (string[])["--no-sandbox"] : [],
                $"--user-data-dir={profile.FullName}", $"--print-to-pdf={Path.GetFullPath(pdf)}", new Uri(Path.GetFullPath(html)).AbsoluteUri,
            ];
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(Patience);
            try
            {
                var said = process.StandardError.ReadToEndAsync(late.Token);
                await process.WaitForExitAsync(late.Token);
                return File.Exists(pdf) ? null : $"{program} did not print {pdf} ({(await said).Trim().Split('\n')[^1]}): open {html} in a browser and print it as PDF.";
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                return $"{program} did not print {pdf} within {Patience.TotalMinutes} minutes: open {html} in a browser and print it as PDF.";
            }
        }
        catch (Win32Exception failed)
        {
            return $"{program} could not be started ({failed.Message}), so {pdf} was not written: open {html} in a browser and print it as PDF.";
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    static string? Find() => Programs
        .SelectMany(program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)))
        .FirstOrDefault(File.Exists);
}
