using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>Tests that load the machine with a whole engine and measure what it bears: one at a time, with nothing beside them.</summary>
[CollectionDefinition(nameof(Storms), DisableParallelization = true)]
public sealed class Storms;
