using System.ComponentModel;
using System.Globalization;

namespace CanhLu.Ingest;

/// <summary>A password or a key: it prints as <c>***</c>, wherever it ends up.</summary>
/// <param name="value">What is secret.</param>
[TypeConverter(typeof(SecretConverter))]
public sealed class Secret(string value)
{
    /// <summary>The secret itself, for the one place that needs it.</summary>
    public string Reveal() => value;

    /// <summary>Three stars.</summary>
    public override string ToString() => "***";
}

/// <summary>Lets configuration bind a <see cref="Secret"/> from text.</summary>
sealed class SecretConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => new Secret((string)value);
}
