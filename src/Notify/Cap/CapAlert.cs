using System.Collections.Immutable;

namespace CanhLu.Notify.Cap;

/// <summary>One message of the Common Alerting Protocol 1.2 (OASIS, 2010), ready to be written. Times stand as they are written.</summary>
/// <param name="Identifier">Unique under its sender.</param>
/// <param name="Sender">Who speaks.</param>
/// <param name="Sent">When.</param>
/// <param name="Status">Whether it is meant.</param>
/// <param name="Type">What it does to those before it.</param>
/// <param name="Note">For those who read the message itself: what an exercise or a test is; null for nothing.</param>
/// <param name="References">The messages before it that still matter; empty in the first one.</param>
/// <param name="Infos">The same in each language.</param>
public sealed record CapAlert(
    string Identifier, string Sender, string Sent, CapStatus Status, CapMessageType Type, string? Note, ImmutableArray<CapReference> References,
    ImmutableArray<CapInfo> Infos);

/// <summary>What a message says in one language.</summary>
/// <param name="Language"><c>vi-VN</c> or <c>en-US</c>.</param>
/// <param name="Event">What happens, in a few words.</param>
/// <param name="Codes">What programs read: the same in each language.</param>
/// <param name="Onset">Since when, or from when on.</param>
/// <param name="Expires">When it no longer holds.</param>
/// <param name="SenderName">Who speaks, for people.</param>
/// <param name="Headline">One line.</param>
/// <param name="Description">The words that residents read.</param>
/// <param name="Web">Where to read more; null for nothing.</param>
/// <param name="Contact">How to reach the sender; null for nothing.</param>
/// <param name="Parameters">Facts by name: the same in each language.</param>
/// <param name="Areas">For whom: the same in each language.</param>
public sealed record CapInfo(
    string Language, string Event, CapCodes Codes, string Onset, string Expires, string SenderName, string Headline, string Description, string? Web,
    string? Contact, ImmutableArray<(string Name, string Value)> Parameters, ImmutableArray<CapArea> Areas);

/// <summary>An area for which a message is.</summary>
/// <param name="Description">Its name.</param>
/// <param name="Polygons">Its boundary, <c>lat,lon lat,lon …</c>; empty when the site has none.</param>
/// <param name="Code">Its code by the General Statistics Office.</param>
public sealed record CapArea(string Description, ImmutableArray<string> Polygons, string Code);
