namespace CanhLu.Tests.Support.Smpp;

/// <summary>A packet that the telephone company has taken: a message, or a part of one.</summary>
/// <param name="Id">The company's id of it.</param>
/// <param name="Sm">What came.</param>
/// <param name="Answered">Whether the sender was told so. Where not, it cannot know, and will send it again.</param>
/// <param name="Second">In which second of the company's clock.</param>
sealed record SmscMessage(string Id, SubmitSm Sm, bool Answered, long Second);
