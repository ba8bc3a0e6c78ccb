using System.Text;

namespace CanhLu.Host.Commands;

/// <summary>A file with people's numbers in clear: only its owner may read it. It is there whole or not at all.</summary>
static class PrivateFile
{
    /// <summary>Writes it, in place of what was there.</summary>
    public static T Write<T>(FileInfo file, Func<TextWriter, T> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = file.FullName + ".new";
        File.Delete(unfinished);
        T answer;
        using (var writer = new StreamWriter(unfinished, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
            answer = write(writer);
        File.Move(unfinished, file.FullName, overwrite: true);
        return answer;
    }
}
