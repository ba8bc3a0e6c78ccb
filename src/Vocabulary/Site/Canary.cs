using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>A pretend reading that goes the whole way from time to time, to test telephones and to nobody else.</summary>
/// <param name="Phones">Who is told, E.164; at least one.</param>
/// <param name="Every">How often, by the engine's clock.</param>
/// <param name="Within">How long it may take from its publication until it has arrived, real time.</param>
/// <param name="IsReceiptNeeded">True: it has arrived when the carriers have reported every letter as delivered. False: when they have accepted it.</param>
public sealed record Canary(ImmutableArray<string> Phones, Duration Every, Duration Within, bool IsReceiptNeeded)
{
    /// <summary>The device that sends it, the quantity and what stands in place of a station.</summary>
    public const string Id = "canary";

    /// <summary>The rule; no file can name one so.</summary>
    public const string RuleId = "_canary";

    /// <summary>The device; it stands at no station.</summary>
    public static Device Device { get; } = new(Id, new DeviceModel("_canary", DeviceKind.AccessPoint, [new Field(Id, Id, "1", 1, 0, 1)]), null, "[KIỂM TRA] Đường báo tin");

    /// <summary>What judges it: 1 raises, 0 clears. Its alarm opens no episode and asks nobody; Duty tells the test telephones.</summary>
    public static Rule Rule { get; } = new Rule.Limit(
        RuleId, "[KIỂM TRA] Đường báo tin", Policy.Desk, null, [Id], Id, LimitSide.Above, 1, 0.5, Duration.Zero, Duration.Zero, null);
}
