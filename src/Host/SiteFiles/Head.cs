namespace CanhLu.Host.SiteFiles;

/// <summary>What every rule has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Policy">What happens when it rises; of several by grade, the one that tells soonest.</param>
readonly record struct Head(string Id, string Name, Policy Policy);
