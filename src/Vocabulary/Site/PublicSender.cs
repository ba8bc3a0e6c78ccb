namespace CanhLu;

/// <summary>Who speaks in alerts for the public (Common Alerting Protocol): the city's own identity.</summary>
/// <param name="Sender">Its identifier, unique in the world: a name under an internet domain of its own. No spaces, commas, <c>&lt;</c> or <c>&amp;</c>; never the
/// identifier of a national service.</param>
/// <param name="Name">Its name as people read it, in Vietnamese.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Contact">How to reach it; null for nothing.</param>
/// <param name="Web">Where to read more, an absolute address; null for nothing.</param>
public sealed record PublicSender(string Sender, string Name, string NameEn, string? Contact, string? Web);
