namespace CanhLu.Console.Accounts;

/// <summary>What a request is about, for those who may do something for some areas only.</summary>
enum Reach
{
    /// <summary>Nothing that lies anywhere, or what everybody may see: the river is one.</summary>
    Nothing,

    /// <summary>The whole city.</summary>
    Everywhere,

    /// <summary>A proposal that is approved; it may want a commander.</summary>
    Approval,

    /// <summary>A proposal.</summary>
    Proposal,

    /// <summary>A proposal, and the areas that it is to have.</summary>
    Edit,

    /// <summary>The areas of an announcement; it may want a commander.</summary>
    Announcement,

    /// <summary>The areas of a bulletin.</summary>
    Bulletin,

    /// <summary>An alarm's station.</summary>
    Alarm,

    /// <summary>A maintenance's station that begins.</summary>
    Maintenance,

    /// <summary>A maintenance's station that ends.</summary>
    MaintenanceEnd,

    /// <summary>Where a person of the roster lives.</summary>
    Person,
}
