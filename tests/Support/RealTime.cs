using NodaTime;

namespace CanhLu.Tests.Support;

/// <summary>The one place where tests take the machine's time.</summary>
static class RealTime
{
#pragma warning disable RS0030
    public static TimeProvider Provider => TimeProvider.System;

    public static IClock Clock => SystemClock.Instance;
#pragma warning restore RS0030
}
