namespace CanhLu.Bench;

/// <summary>The bench's own clock: it composes it, as a program does.</summary>
static class RealTime
{
#pragma warning disable RS0030 // this is the bench's composition
    public static TimeProvider Provider => TimeProvider.System;
#pragma warning restore RS0030
}
