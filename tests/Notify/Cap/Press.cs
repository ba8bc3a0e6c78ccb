using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CanhLu.Host.SiteFiles;
using CanhLu.Notify.Cap;
using CanhLu.Tests.Duty;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

/// <summary>A duty office of the shipped site whose bulletins are published, and what must be so of everything that ever was.</summary>
sealed partial class Press : IDisposable
{
    static readonly XNamespace Ns = CapXml.Namespace;

    public Press(Policy policy = Policy.Auto)
    {
        Office = new DutyOffice(policy);
        Office.Site = TamKy with { Rules = [.. TamKy.Rules.Select(rule => rule is Rule.StageLadder ? rule with { Policy = policy, PolicyByGrade = [] } : rule)] };
    }

    public static Site TamKy { get; } = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(SiteFolder.Default())).Site;

    public DutyOffice Office { get; }

    public CapBook Book => new(Office.Operations);

    public List<CapMessage> All => Office.Operations.Read(connection => connection.Query<CapMessage>("SELECT * FROM cap_messages ORDER BY id").AsList());

    /// <summary>A press that has just started: it remembers nothing but what is in the store.</summary>
    public int Publish(CapOptions? options = null)
    {
        using var publisher = new CapPublisher(
            Office.Operations, () => Office.Site, Options.Create(options ?? new CapOptions()), Office.Changes, Office.Clock, Office.Time,
            NullLogger<CapPublisher>.Instance);
        return publisher.Publish();
    }

    /// <summary>The laws of the protocol that its schema cannot say, and ours.</summary>
    public async Task<List<CapMessage>> Sound()
    {
        var messages = All;
        var published = new Dictionary<string, CapMessage>();
        foreach (var message in messages)
        {
            var alert = Schema.Valid(message.Xml).Root!;
            Assert.Equal((message.Identifier, message.Sender, message.Sent), (Of(alert, "identifier"), Of(alert, "sender"), Of(alert, "sent")));
            Assert.Equal((message.Status, message.MsgType, "Public"), (Of(alert, "status"), Of(alert, "msgType"), Of(alert, "scope")));
            Assert.DoesNotMatch("[ ,<&]", message.Identifier + message.Sender);
            var references = (alert.Element(Ns + "references")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(message.MsgType == "Alert", references.Length == 0);
            Assert.Equal(references.Distinct().Count(), references.Length);
            foreach (var reference in references)
            {
                var parts = reference.Split(',');
                Assert.Equal(3, parts.Length);
                var earlier = Assert.Contains(parts[1], published);
                Assert.Equal((earlier.Sender, earlier.Sent), (parts[0], parts[2]));
                Assert.Equal((message.Station, message.Rule, message.Status), (earlier.Station, earlier.Rule, earlier.Status));
                Assert.NotEqual("Cancel", earlier.MsgType);
            }
            var infos = alert.Elements(Ns + "info").ToArray();
            Assert.Equal(["vi-VN", "en-US"], infos.Select(info => Of(info, "language")));
            Assert.Equal(Codes(infos[0]), Codes(infos[1]));
            Assert.All(alert.Descendants().Where(one => one.Name.LocalName is "sent" or "onset" or "expires"), one => Assert.Matches(Time(), one.Value));
            Assert.All(alert.Descendants(Ns + "polygon"), polygon => Closed(polygon.Value));
            Assert.Equal(message is { MsgType: "Cancel", Withdrawal: false }, infos[0].Elements(Ns + "responseType").Any(one => one.Value == "AllClear"));
            Assert.True(published.TryAdd(message.Identifier, message), "an identifier is used twice");
        }
        await Schema.ValidByXmllint(messages.Select(message => message.Xml));
        return messages;
    }

    public static string Of(XElement parent, string name) => parent.Element(Ns + name)?.Value ?? "";

    public static XElement Info(CapMessage message, string language) =>
        XDocument.Load(new MemoryStream(message.Xml)).Root!.Elements(Ns + "info").Single(info => Of(info, "language") == language);

    public static Polygon Read(string polygon) => new GeometryFactory().CreatePolygon([.. polygon.Split(' ').Select(pair =>
    {
        var (latitude, longitude) = (Number(pair.Split(',')[0]), Number(pair.Split(',')[1]));
        return new Coordinate(longitude, latitude);
    })]);

    public void Dispose() => Office.Dispose();

    static void Closed(string polygon)
    {
        var pairs = polygon.Split(' ');
        Assert.InRange(pairs.Length, 4, AreaShape.MostPoints);
        Assert.Equal(pairs[0], pairs[^1]);
        Assert.All(pairs, pair =>
        {
            // Latitude first: Tam Kỳ lies at 15° north, 108° east.
            Assert.InRange(Number(pair.Split(',')[0]), 15.4, 15.8);
            Assert.InRange(Number(pair.Split(',')[1]), 108.3, 108.7);
        });
        Assert.True(Read(polygon).IsValid);
    }

    static string Codes(XElement info) => string.Join('\n', info.Elements()
        .Where(one => one.Name.LocalName is not ("language" or "event" or "senderName" or "headline" or "description")).Select(one => one.ToString()));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$")]
    private static partial Regex Time();
}
