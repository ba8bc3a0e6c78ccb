using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

static class Endings
{
    /// <summary>The door ends the connection: with a DISCONNECT of this reason in 5.0, without a word in 3.1.1.</summary>
    public static async Task Ends(this RawClient client, int reason)
    {
        var last = await client.Receive();
        if (client.Version == 5)
        {
            Assert.NotNull(last);
            Assert.Equal((0xE0, reason), (last.First, last.Body.Length > 0 ? last.Body[0] : 0));
            client.Finish();
            last = await client.Receive();
        }
        Assert.Null(last);
    }
}
