using NodaTime;

namespace CanhLu.Bench;

/// <summary>The bench's own clocks: it composes them, as a program does.</summary>
static class Clocks
{
#pragma warning disable RS0030 // this is the bench's composition
    public static TimeProvider Timers => TimeProvider.System;

    public static IClock Now => SystemClock.Instance;
#pragma warning restore RS0030
}
