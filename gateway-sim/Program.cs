using NodaTime;

namespace CanhLu.GatewaySim;

static class Program
{
    const int WrongUse = 2;

    static async Task<int> Main(string[] args)
    {
        // The one place that takes the system's clocks; everything below is handed one.
#pragma warning disable RS0030
        var parsed = GatewayCommand.Create(SystemClock.Instance, TimeProvider.System).Parse(args);
#pragma warning restore RS0030
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? WrongUse : code;
    }
}
