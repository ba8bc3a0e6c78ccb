using System.Net;

namespace CanhLu.Host.Drill;

/// <summary>How a drill is held.</summary>
/// <param name="DataFolder">The drill's own folder, empty or not there.</param>
/// <param name="Roster">The drill's people, CSV.</param>
/// <param name="Speed">Seconds of the flood in one real second.</param>
/// <param name="Urls">Where the drill's page listens.</param>
/// <param name="Mqtt">Where the pretend gauges connect.</param>
/// <param name="Json">Closes with JSON lines.</param>
sealed record DrillOptions(string DataFolder, FileInfo Roster, double Speed, string Urls, IPEndPoint Mqtt, bool Json);
