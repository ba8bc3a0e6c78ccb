using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

public sealed class SecureLinkTests
{
    Certificates? _ours;

    [Fact]
    public async Task A_link_with_a_certificate_of_an_authority_that_both_trust_stands()
    {
        await using var mosquitto = await StartSecure();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with
        {
            Url = $"mqtts://localhost:{mosquitto.Port}",
            CaFile = _ours!.AuthorityFile,
            CertificateFile = _ours.Sign("engine"),
        };
        await shore.Open();
        Assert.Empty(shore.Log.Of(1001));
        Assert.Contains("mqtts://", shore.Log.Of(1000)[0], StringComparison.Ordinal);
        shore.GaugeCertificate = _ours.Sign("gauge");
        await shore.Publish(1500);
        await Eventually.True(() => shore.Archive.Stored == 1500, "readings come on it");
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 0, "and are acknowledged");
    }

    [Fact]
    public async Task A_broker_of_a_foreign_authority_is_not_trusted()
    {
        await using var mosquitto = await StartSecure();
        await using var shore = new Shore(mosquitto);
        var foreign = new Certificates(mosquitto.Folder, "foreign");
        shore.Broker = shore.Broker with
        {
            Url = $"mqtts://localhost:{mosquitto.Port}",
            CaFile = foreign.AuthorityFile,
            CertificateFile = _ours!.Sign("engine"),
        };
        await shore.Open(awaitLinks: false);
        await Eventually.True(() => shore.Log.Of(1001).Length > 0, "it is told");
        Assert.Empty(shore.Log.Of(1000));
    }

    [Fact]
    public async Task Without_its_certificate_the_engine_is_not_let_in_and_with_a_file_that_is_not_there_it_says_so()
    {
        await using var mosquitto = await StartSecure();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { Url = $"mqtts://localhost:{mosquitto.Port}", CaFile = _ours!.AuthorityFile };
        var links = await shore.Open(awaitLinks: false);
        await Eventually.True(() => shore.Log.Of(1001).Length > 0, "it is told");
        await shore.Close(links);
        shore.Broker = shore.Broker with { CertificateFile = "/nowhere/engine.pem" };
        await shore.Open(awaitLinks: false);
        await Eventually.True(() => shore.Log.All.Contains("/nowhere/engine.pem", StringComparison.Ordinal), "the file is named");
        Assert.Empty(shore.Log.Of(1000));
    }

    Task<Mosquitto> StartSecure() => Mosquitto.Start(folder =>
    {
        _ours = new Certificates(folder, "ours");
        var server = _ours.Sign("server");
        return $"allow_anonymous true\ncafile {_ours.AuthorityFile}\ncertfile {server}\nkeyfile {server}\nrequire_certificate true\n";
    });
}
