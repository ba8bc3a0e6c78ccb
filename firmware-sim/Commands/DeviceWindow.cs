using System.Globalization;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>A device and a stretch of time, <c>tk-gauge-1:30:6</c>: from the 30th hour on, for 6 hours.</summary>
readonly record struct DeviceWindow(string Device, double From, double Hours)
{
    public Window After(Instant start) => new(start + Duration.FromHours(From), start + Duration.FromHours(From + Hours));

    public static bool TryRead(string text, out DeviceWindow window)
    {
        window = default;
        if (text.Split(':') is not [{ Length: > 0 } device, var from, var hours]
            || !double.TryParse(from, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            || !double.TryParse(hours, NumberStyles.Float, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        window = new DeviceWindow(device, first, length);
        return true;
    }
}
