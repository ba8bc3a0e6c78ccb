using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class HandsetTests
{
    [Fact]
    public async Task A_handset_keeps_both_carriers_letters_oldest_first()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.Zero });
        await client.Sms("r1");
        await client.Zalo("t1");
        await client.Sms("r2", phone: "0905123450");
        await Eventually.True(() => client.Carriers.Stats.Total.Delivered == 3, "all are delivered");

        var rack = await client.Get("sim/handsets");

        Assert.Equal(2, rack.GetProperty("total").GetInt32());
        var first = rack.GetProperty("handsets")[0];
        Assert.Equal("0905123456", first.GetProperty("phone").GetString());
        Assert.Equal(["esms", "zalo"], first.GetProperty("messages").EnumerateArray().Select(letter => letter.GetProperty("carrier").GetString()));
        Assert.All(first.GetProperty("messages").EnumerateArray(), letter => Assert.Equal("delivered", letter.GetProperty("state").GetString()));
        Assert.False(rack.GetProperty("handsets")[1].GetProperty("zalo").GetBoolean());
        Assert.Equal(1, (await client.Get("sim/handsets?phone=3450")).GetProperty("handsets").GetArrayLength());
        Assert.Equal(3, (await client.Get("sim/messages")).GetArrayLength());
    }

    [Fact]
    public async Task Nothing_is_sent_again_while_nothing_has_changed()
    {
        await using var client = await CarrierClient.Start();
        using var http = new HttpClient { BaseAddress = client.Carriers.Address };
        var version = (await client.Get("sim/handsets")).GetProperty("version").GetInt64();

        using var same = await http.GetAsync(new Uri($"sim/handsets?since={version}", UriKind.Relative), TestContext.Current.CancellationToken);
        await client.Sms("r1");
        using var changed = await http.GetAsync(new Uri($"sim/handsets?since={version}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(204, (int)same.StatusCode);
        Assert.Equal(200, (int)changed.StatusCode);
    }

    [Fact]
    public async Task Clearing_forgets_letters_and_counts()
    {
        await using var client = await CarrierClient.Start();
        await client.Sms("r1");
        using var http = new HttpClient { BaseAddress = client.Carriers.Address };

        using var answer = await http.DeleteAsync(new Uri("sim", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Empty(client.Carriers.Letters());
        Assert.Equal(0, client.Carriers.Stats.Total.Accepted);
        Assert.Equal("100", (await client.Sms("r1")).GetProperty("CodeResult").GetString());
    }

    [Fact]
    public async Task The_page_is_one_file_in_Vietnamese_that_asks_no_other_host()
    {
        await using var client = await CarrierClient.Start();
        using var http = new HttpClient();

        var page = await http.GetStringAsync(client.Carriers.Address, TestContext.Current.CancellationToken);

        Assert.Contains("<html lang=\"vi\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }
}
