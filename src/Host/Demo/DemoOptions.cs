using System.Net;
using NodaTime;

namespace CanhLu.Host.Demo;

/// <summary>How the demo is played.</summary>
/// <param name="Speed">Seconds of the flood in one real second.</param>
/// <param name="Until">From there on the flood goes at the pace of real time; null: not before it is over.</param>
/// <param name="Urls">Where the page listens.</param>
/// <param name="Handsets">Where the pretend carriers listen.</param>
/// <param name="Mqtt">Where the pretend gauges connect.</param>
/// <param name="Headless">Ends by itself, and closes with one line of JSON.</param>
sealed record DemoOptions(double Speed, Instant? Until, string Urls, string Handsets, IPEndPoint Mqtt, bool Headless);
