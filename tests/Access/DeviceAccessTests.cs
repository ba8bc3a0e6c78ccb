using CanhLu.Console.Accounts;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>Who may do what with devices: by role, by ward, and as a person or a program.</summary>
public sealed class DeviceAccessTests(GuardedEngine engine) : IClassFixture<GuardedEngine>
{
    [Fact]
    public async Task A_technician_gives_a_device_its_password_and_a_program_does_not()
    {
        const string path = "api/devices/cam-01/account/renew";
        var name = GuardedEngine.NameOf(Role.Technician);
        Assert.Equal(403, await engine.As(Role.Viewer).Status("POST", path, new { who = GuardedEngine.NameOf(Role.Viewer) }));
        Assert.Equal(403, await engine.Program(Role.Technician).Status("POST", path, new { }));
        Assert.Equal(403, await engine.Program(Role.Technician).Status("POST", "api/devices/cam-01/account/revoke", new { }));
        Assert.Equal(403, await engine.As(Role.Technician).Status("POST", path, new { who = "somebody else" }));
        var (status, secret) = await engine.As(Role.Technician).Say("POST", path, new { who = name });
        Assert.Equal((200, "cam-01"), (status, secret.GetProperty("user").GetString()));
        Assert.Equal(200, await engine.Program(Role.Technician).Status("GET", "api/devices/accounts"));
    }

    [Fact]
    public async Task Whoever_has_an_account_for_one_ward_works_on_the_devices_of_its_stations_alone()
    {
        const string own = "Một phường";
        var caller = engine.As(own);
        // An Hà tells the ward, Tam Ngọc does not, and a Wi-Fi point without a station is the whole city's.
        Assert.Equal(200, await caller.Status("POST", "api/devices/ah-gauge-1/account/renew", new { who = own }));
        Assert.Equal(403, await caller.Status("POST", "api/devices/tn-gauge-1/account/renew", new { who = own }));
        Assert.Equal(403, await caller.Status("POST", "api/devices/wifi-01/account/revoke", new { who = own }));
        Assert.Equal(200, await caller.Status("POST", "api/devices/ah-gauge-1/commands", new { who = own, interval_s = 60 }));
        Assert.Equal(403, await caller.Status("POST", "api/devices/tn-gauge-1/commands", new { who = own, interval_s = 60 }));
        Assert.Equal(403, await caller.Status("POST", "api/adoptions", new { who = own, device = "wifi-88", model = "wifi-ap", name = "Mới" }));
        Assert.Equal(403, await caller.Status("POST", "api/adoptions", new { who = own, device = "wifi-88", model = "wifi-ap", station = "tam-ngoc", name = "Mới" }));
        var (status, adopted) = await caller.Say("POST", "api/adoptions", new { who = own, device = "wifi-88", model = "wifi-ap", station = "an-ha", name = "Mới" });
        Assert.Equal(200, status);
        var end = $"api/adoptions/{adopted.GetProperty("id").GetInt64()}/end";
        Assert.Equal(403, await engine.As("Một phường khác").Status("POST", end, new { who = "Một phường khác" }));
        Assert.Equal(200, await caller.Status("POST", end, new { who = own }));
        var at = CanhLu.Tests.Console.RunningEngine.Now.ToString();
        Assert.Equal(403, await caller.Status("POST", "api/stations/tam-ngoc/staff", new { who = own, at, metres = 1 }));
        var (_, read) = await caller.Say("POST", "api/stations/an-ha/staff", new { who = own, at, metres = 1 });
        var strike = $"api/staff/{read.GetProperty("id").GetInt64()}/strike";
        Assert.Equal(403, await engine.As("Một phường khác").Status("POST", strike, new { who = "Một phường khác" }));
        Assert.Equal(200, await caller.Status("POST", strike, new { who = own }));
    }
}
