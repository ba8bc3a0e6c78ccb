namespace CanhLu.Notify.Carriers;

/// <summary>What an account with a carrier still allows.</summary>
/// <param name="Left">How much: đồng or letters, zero or more.</param>
/// <param name="Unit">Of what.</param>
public sealed record Allowance(decimal Left, AllowanceUnit Unit);

/// <summary>What an account is counted in.</summary>
public enum AllowanceUnit
{
    /// <summary>Đồng.</summary>
    Dong,

    /// <summary>Letters, until the quota begins anew.</summary>
    Letters,
}
