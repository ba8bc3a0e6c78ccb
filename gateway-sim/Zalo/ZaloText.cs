using System.Text;
using System.Text.Json;

namespace CanhLu.GatewaySim.Zalo;

/// <summary>What is read on a telephone: the approved template with its slots filled, or the slots themselves when the template is not known here.</summary>
static class ZaloText
{
    public static string Of(IReadOnlyDictionary<string, string> templates, string template, JsonElement slots)
    {
        if (!templates.TryGetValue(template, out var known))
        {
            return string.Join('\n', slots.EnumerateObject().Select(slot => $"{slot.Name}: {slot.Value}"));
        }

        var text = new StringBuilder(known);
        foreach (var slot in slots.EnumerateObject())
        {
            text.Replace($"{{{slot.Name}}}", slot.Value.ToString()).Replace($"<{slot.Name}>", slot.Value.ToString());
        }

        return text.ToString();
    }
}
