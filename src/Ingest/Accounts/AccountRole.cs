namespace CanhLu.Ingest;

/// <summary>What an account may do at the door.</summary>
public enum AccountRole
{
    /// <summary>Publishes under <c>canhlu/v1/{its name}/</c> and hears its own <c>cmd</c>.</summary>
    Device,

    /// <summary>Publishes nothing and hears everything, live.</summary>
    Technician,
}
