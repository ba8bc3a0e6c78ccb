using System.CommandLine;
using CanhLu.Host.SiteFiles;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu check</c>: everything that is wrong with a site, at once.</summary>
static class CheckCommand
{
    /// <summary>The command, to be put under the root.</summary>
    public static Command Create()
    {
        var site = new Option<string?>("--site") { Description = "The site's folder. Default: sites/tam-ky here, else beside the program.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line instead of text." };
        var command = new Command("check", "List every error of a site, with file, line, value and remedy.") { site, json };
        command.SetAction(parsed => Run(parsed.GetValue(site) ?? SiteFolder.Default(), parsed.GetValue(json),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    static int Run(string folder, bool json, TextWriter output, TextWriter error)
    {
        if (!Directory.Exists(folder))
        {
            error.WriteLine($"There is no folder {folder}. Name the site's folder: canhlu check --site sites/tam-ky");
            return 2;
        }
        var verdict = SiteReader.Read(folder);
        if (json)
            SiteReport.WriteJson(verdict, folder, output);
        else
            SiteReport.WriteText(verdict, folder, SiteReport.Terminal(output));
        return verdict is SiteVerdict.Right ? 0 : 1;
    }
}
