using System.Text;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Script;

/// <summary>Scripts as text, one message a line: the topic, a space, the payload. For looking at them, and for comparing them.</summary>
public static class ScriptText
{
    /// <summary>All that the devices would publish, in order of time.</summary>
    public static IEnumerable<string> Lines(IEnumerable<DeviceScript> scripts, TimeStyle style) => scripts
        .SelectMany(script => script.Acts.Select(act => (script.Device, Act: act)))
        .OrderBy(turn => turn.Act.At)
        .Select(turn => turn.Act switch
        {
            Act.Send send => $"{Topics.Up(turn.Device)} {Encoding.UTF8.GetString(Payload.Encode(send.Samples, style))}",
            Act.Vanish => $"{Topics.Status(turn.Device)} {Topics.Offline}",
            Act.Return => $"{Topics.Status(turn.Device)} {Topics.Online}",
            _ => throw new InvalidOperationException($"No such act: {turn.Act}"),
        });
}
