namespace CanhLu.FirmwareSim.Link;

/// <summary>A CSV of <c>device,password</c>, with or without that header; a device's user name is its id.</summary>
public static class CredentialsFile
{
    /// <summary>The devices in the order of the file, with their passwords.</summary>
    /// <exception cref="FormatException">A line that is not two columns.</exception>
    public static IReadOnlyList<Credential> Read(TextReader text)
    {
        var credentials = new List<Credential>();
        for (var (number, line) = (1, text.ReadLine()); line is not null; number++, line = text.ReadLine())
        {
            if (string.IsNullOrWhiteSpace(line) || line == "device,password")
            {
                continue;
            }

            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma <= 0 || comma == line.Length - 1)
            {
                throw new FormatException($"line {number} of the credentials is not \"device,password\"");
            }

            credentials.Add(new Credential(line[..comma].Trim(), line[(comma + 1)..].Trim()));
        }

        return credentials;
    }
}
