using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>Packages of npm that judge or meet the engine; installed into a folder of the tests when first needed.</summary>
static class NpmPackages
{
    static readonly SemaphoreSlim _one = new(1);

    /// <summary>The folder of the file that calls.</summary>
    /// <param name="name">A folder beside it, with a package.json and its lock.</param>
    /// <param name="path">Left to the compiler.</param>
    public static string Beside(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, name);

    /// <summary>Installs a folder's packages, once. Without npm or a registry the test is skipped; in CI it fails.</summary>
    /// <param name="folder">Holds package.json and package-lock.json.</param>
    /// <param name="package">One of them: what is there when all are.</param>
    public static async Task Need(string folder, string package)
    {
        var (there, token) = (Path.Combine(folder, "node_modules", package), TestContext.Current.CancellationToken);
        await _one.WaitAsync(token);
        try
        {
            if (!Directory.Exists(there))
            {
                using var install = Process.Start(
                    new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
                await install.StandardOutput.ReadToEndAsync(token);
                await install.WaitForExitAsync(token);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm: said below.
        }
        finally
        {
            _one.Release();
        }
        if (Directory.Exists(there))
            return;
        var missing = $"npm's {package} is not installed.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);
        Assert.Skip(missing);
    }
}
