using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

/// <summary>The protocol's own schema, by two readers that share no code: .NET's and libxml2's.</summary>
static class Schema
{
    const string Xmllint = "/usr/bin/xmllint";

    static readonly string File = Path.Combine(AppContext.BaseDirectory, "Data", "CAP-v1.2.xsd");
    static readonly XmlSchemaSet Set = Read();

    /// <summary>Fails with the first thing that the schema forbids, by .NET.</summary>
    public static XDocument Valid(byte[] message)
    {
        var document = XDocument.Load(new MemoryStream(message));
        document.Validate(Set, (_, wrong) => Assert.Fail($"{wrong.Message}\n{document}"));
        return document;
    }

    /// <summary>Fails when xmllint finds one of the messages not valid; skips where it is not installed and need not be.</summary>
    public static async Task ValidByXmllint(IEnumerable<byte[]> messages)
    {
        if (!System.IO.File.Exists(Xmllint))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Xmllint} is not installed.");
            Assert.Skip($"{Xmllint} is not installed (Debian: libxml2-utils).");
        }
        var folder = Directory.CreateTempSubdirectory("canhlu-cap-");
        try
        {
            var files = messages.Select((message, i) =>
            {
                var file = Path.Combine(folder.FullName, $"{i}.xml");
                System.IO.File.WriteAllBytes(file, message);
                return file;
            }).ToArray();
            Assert.NotEmpty(files);
            using var process = Process.Start(new ProcessStartInfo(Xmllint, ["--noout", "--nonet", "--schema", File, .. files]) { RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), RealTime.Provider);
            Assert.True(process.ExitCode == 0, said);
            Assert.Equal(files.Length, said.Split('\n').Count(line => line.EndsWith(" validates", StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static XmlSchemaSet Read()
    {
        var set = new XmlSchemaSet();
        using var reader = XmlReader.Create(File);
        set.Add(null, reader);
        set.Compile();
        return set;
    }
}
