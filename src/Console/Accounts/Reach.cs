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

    /// <summary>A station, or a device's; a device that stands nowhere is the whole city's.</summary>
    Device,

    /// <summary>The station of a staff reading.</summary>
    Staff,

    /// <summary>The station of a gauge whose calibration ends.</summary>
    Calibration,

    /// <summary>The station at which a device is adopted.</summary>
    Adoption,

    /// <summary>The station of a device that is let go.</summary>
    AdoptionEnd,

    /// <summary>Where a person of the roster lives.</summary>
    Person,
}
