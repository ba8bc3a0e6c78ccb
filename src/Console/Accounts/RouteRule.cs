namespace CanhLu.Console.Accounts;

/// <summary>Who may use a route.</summary>
/// <param name="Role">The least role; null for everybody, signed in or not.</param>
/// <param name="Reach">What it is about.</param>
sealed record RouteRule(Role? Role, Reach Reach = Reach.Nothing)
{
    /// <summary>How often one address may ask.</summary>
    public Pace Pace { get; init; }

    /// <summary>Whether the operator may open it to everybody: <see cref="SensorThings.SensorThingsOptions.Public"/>.</summary>
    public bool MayBePublic { get; init; }

    /// <summary>Whether somebody who decides and has no second factor yet may use it: what gives one.</summary>
    public bool BeforeSecondFactor { get; init; }
}
