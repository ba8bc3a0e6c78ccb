namespace CanhLu.FirmwareSim.Link;

/// <summary>What a device shows at the door. Its text hides the password.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password.</param>
public sealed record Credential(string User, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User}:***";
}
