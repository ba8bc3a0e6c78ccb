using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>Tests that load the machine with a whole engine and measure what it bears: one at a time.</summary>
[CollectionDefinition(nameof(Storms))]
public sealed class Storms;
