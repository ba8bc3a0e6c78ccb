using System.Text;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify.Cap;

/// <summary>The published messages as an Atom feed (RFC 4287), newest first.</summary>
public static class AtomFeed
{
    const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>The media type of a message.</summary>
    public const string MessageType = "application/cap+xml";

    /// <summary>The feed in UTF-8.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="sender">Who speaks.</param>
    /// <param name="installation">The store's number.</param>
    /// <param name="address">The address of the folder that the feed and the messages are in, with a slash at its end.</param>
    /// <param name="since">When an empty feed was last changed: never, so when the engine began.</param>
    public static byte[] Write(IReadOnlyList<CapEntry> messages, PublicSender sender, string installation, Uri address, Instant since)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, "vi-VN");
            Element(xml, "id", $"urn:canhlu:{installation}:cap");
            Element(xml, "title", $"Cảnh báo – {sender.Name}");
            Element(xml, "updated", Time(messages.Count == 0 ? since : messages.Max(message => message.SentAt)));
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", sender.Name);
            xml.WriteEndElement();
            Link(xml, "self", "application/atom+xml", new Uri(address, "feed.atom"));
            foreach (var message in messages)
                Entry(xml, message, address);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    static void Entry(XmlWriter xml, CapEntry message, Uri address)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", $"urn:canhlu:cap:{message.Identifier}");
        Element(xml, "title", message.Title);
        Element(xml, "updated", Time(message.SentAt));
        Element(xml, "published", Time(message.SentAt));
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", message.MsgType);
        xml.WriteEndElement();
        Link(xml, "alternate", MessageType, new Uri(address, Uri.EscapeDataString(message.Identifier) + ".xml"));
        Element(xml, "summary", message.Summary);
        xml.WriteEndElement();
    }

    static void Link(XmlWriter xml, string relation, string type, Uri address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }

    static string Time(Instant at) => InstantPattern.General.Format(at);

    static void Element(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Atom, CapXml.Clean(value));
}
