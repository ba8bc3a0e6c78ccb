using Microsoft.Extensions.Configuration;

namespace CanhLu.Host;

/// <summary>The knobs as the engine would have them, for commands that do part of its work.</summary>
static class ProgramSettings
{
    /// <summary>Files and environment.</summary>
    /// <param name="more">Over both.</param>
    public static IConfiguration Read(params IEnumerable<KeyValuePair<string, string?>> more) => new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("CANHLU_").AddInMemoryCollection(more).Build();
}
