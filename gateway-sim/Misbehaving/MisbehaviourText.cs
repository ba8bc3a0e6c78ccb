using System.Globalization;
using System.Text.Json;

namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>Orders to go wrong, as they are written in JSON and on the command line.</summary>
static class MisbehaviourText
{
    static readonly Dictionary<string, Mode> Modes = new()
    {
        ["slow"] = Mode.Slow,
        ["http500"] = Mode.Http500,
        ["cut"] = Mode.Cut,
        ["lost-answer"] = Mode.LostAnswer,
        ["not-json"] = Mode.NotJson,
        ["quota"] = Mode.Quota,
        ["token-expired"] = Mode.TokenExpired,
        ["tps"] = Mode.Tps,
        ["code"] = Mode.Code,
        ["receipts-late"] = Mode.ReceiptsLate,
        ["receipts-twice"] = Mode.ReceiptsTwice,
        ["receipts-lost"] = Mode.ReceiptsLost,
        ["never-arrives"] = Mode.NeverArrives,
    };

    public static string NameOf(Mode mode) => Modes.First(pair => pair.Value == mode).Key;

    /// <summary>Reads <c>{"carrier":"esms","mode":"slow","count":3,"probability":0.5,"duration":60,"delay_ms":2000,"code":"103"}</c>; duration in seconds.</summary>
    /// <exception cref="FormatException">It is not that; the message says what is wrong.</exception>
    public static Misbehaviour Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("an object {\"carrier\":…,\"mode\":…} is needed");
        }

        var delay = Number(json, "delay_ms");
        var duration = Number(json, "duration");
        return Checked(new Misbehaviour(
            Text(json, "carrier") ?? "", ModeOf(Text(json, "mode") ?? ""), (int?)Number(json, "count"), Number(json, "probability"),
            duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null, delay is { } late ? TimeSpan.FromMilliseconds(late) : null, Text(json, "code")));
    }

    /// <summary>Reads <c>esms:slow</c>, then any of <c>count=3</c>, <c>probability=0.5</c>, <c>duration=60</c>, <c>delay_ms=2000</c>, <c>code=103</c>, with colons between.</summary>
    /// <exception cref="FormatException">It is not that; the message says what is wrong.</exception>
    public static Misbehaviour Read(string text)
    {
        var parts = text.Split(':');
        if (parts.Length < 2)
        {
            throw new FormatException($"{text} is not CARRIER:MODE");
        }

        var order = new Misbehaviour(parts[0], ModeOf(parts[1]));
        foreach (var part in parts[2..])
        {
            order = part.Split('=') switch
            {
                ["count", var value] => order with { Count = (int)Number(value) },
                ["probability", var value] => order with { Probability = Number(value) },
                ["duration", var value] => order with { Duration = TimeSpan.FromSeconds(Number(value)) },
                ["delay_ms", var value] => order with { Delay = TimeSpan.FromMilliseconds(Number(value)) },
                ["code", var value] => order with { Code = value },
                _ => throw new FormatException($"{part} is none of count=, probability=, duration=, delay_ms=, code="),
            };
        }

        return Checked(order);
    }

    static Misbehaviour Checked(Misbehaviour order) =>
        order.Carrier is not (Carriers.Esms or Carriers.Zalo) ? throw new FormatException($"carrier \"{order.Carrier}\" is neither esms nor zalo")
        : order is { Mode: Mode.TokenExpired, Carrier: not Carriers.Zalo } ? throw new FormatException("only zalo has tokens")
        : order is { Mode: Mode.Code, Code: null } ? throw new FormatException("mode code needs a code")
        : order;

    static Mode ModeOf(string name) =>
        Modes.TryGetValue(name, out var mode) ? mode : throw new FormatException($"mode \"{name}\" is none of {string.Join(", ", Modes.Keys)}");

    static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{text} is no number");

    static double? Number(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw new FormatException($"{name} is no number");

    static string? Text(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString()
        : throw new FormatException($"{name} is no text");
}
