using System.Text;
using System.Xml;

namespace CanhLu.Notify.Cap;

/// <summary>Writes a message in the order of the protocol's schema.</summary>
public static class CapXml
{
    /// <summary>The protocol's namespace.</summary>
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>How the code of a Vietnamese ward is named (<c>geocode</c>).</summary>
    public const string WardCode = "GSO-VN";

    /// <summary>The message in UTF-8.</summary>
    public static byte[] Write(CapAlert alert)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            xml.WriteStartElement("alert", Namespace);
            Element(xml, "identifier", alert.Identifier);
            Element(xml, "sender", alert.Sender);
            Element(xml, "sent", alert.Sent);
            Element(xml, "status", alert.Status.ToString());
            Element(xml, "msgType", alert.Type.ToString());
            Element(xml, "scope", "Public");
            Element(xml, "note", alert.Note);
            Element(xml, "references", alert.References.IsEmpty ? null : string.Join(' ', alert.References));
            foreach (var info in alert.Infos)
                Write(xml, info);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    /// <summary>A text with every character that XML 1.0 cannot hold shown as �: no bulletin is lost for a stray byte.</summary>
    internal static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
                (clean ??= new(text))[i] = '\uFFFD';
        }
        return clean?.ToString() ?? text;
    }

    static void Write(XmlWriter xml, CapInfo info)
    {
        xml.WriteStartElement("info", Namespace);
        Element(xml, "language", info.Language);
        foreach (var category in info.Codes.Categories)
            Element(xml, "category", category);
        Element(xml, "event", info.Event);
        foreach (var response in info.Codes.Responses)
            Element(xml, "responseType", response);
        Element(xml, "urgency", info.Codes.Urgency);
        Element(xml, "severity", info.Codes.Severity);
        Element(xml, "certainty", info.Codes.Certainty);
        Element(xml, "onset", info.Onset);
        Element(xml, "expires", info.Expires);
        Element(xml, "senderName", info.SenderName);
        Element(xml, "headline", info.Headline);
        Element(xml, "description", info.Description);
        Element(xml, "web", info.Web);
        Element(xml, "contact", info.Contact);
        foreach (var (name, value) in info.Parameters)
            Pair(xml, "parameter", name, value);
        foreach (var area in info.Areas)
        {
            xml.WriteStartElement("area", Namespace);
            Element(xml, "areaDesc", area.Description);
            foreach (var polygon in area.Polygons)
                Element(xml, "polygon", polygon);
            Pair(xml, "geocode", WardCode, area.Code);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Pair(XmlWriter xml, string element, string name, string value)
    {
        xml.WriteStartElement(element, Namespace);
        Element(xml, "valueName", name);
        Element(xml, "value", value);
        xml.WriteEndElement();
    }

    static void Element(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
            xml.WriteElementString(name, Namespace, Clean(value));
    }
}
