using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CanhLu.Host.SiteFiles;

/// <summary>The makes of device of <c>site.yaml</c>, with the fields they send.</summary>
static partial class ModelList
{
    const decimal Largest = 1_000_000_000_000;
    const string Millimetre = "mm";

    /// <summary>Reads the entries under <c>models</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        foreach (var section in site.Sections("models", "model"))
        {
            var id = draft.ModelIds.Take(section);
            var kind = section.Word("kind", Words.DeviceKinds);
            var fields = Fields(section);
            if (kind == DeviceKind.Gauge && section.Sound && !fields.Any(field => field.Quantity == Device.StageQuantity))
                section.Wrong(section.Node, "a gauge has no field with the quantity stage",
                    "add { name: stage_m, quantity: stage, unit: mm, scale: 1000, … }");
            section.Done();
            if (section.Sound)
                draft.Models.Add(new(id!, kind!.Value, fields));
        }
    }

    static ImmutableArray<Field> Fields(Section model)
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var quantities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in model.Sections("fields", $"{model.What}, field", "name"))
        {
            var name = section.Single("name");
            if (name is not null && !FieldForm().IsMatch(name.Text))
                section.Wrong(name, "name cannot be a field's name", "write letters without marks, digits, '_', '-' and '.', at most 64");
            else if (name is { Text: "t" or "seq" })
                section.Wrong(name, "this field belongs to every payload", "leave it out: t is the time and seq the number of the message");
            else if (name is not null && !names.Add(name.Text))
                section.Wrong(name, "this field is here twice", "keep one");

            var quantity = section.Single("quantity");
            if (quantity is not null && !QuantityForm().IsMatch(quantity.Text))
                section.Wrong(quantity, "quantity cannot be a quantity's name", "write small letters without marks, digits and '_': battery");
            else if (quantity is { Text: Device.Online })
                section.Wrong(quantity, "every device has the quantity online already", "leave it out, or give it another name");
            else if (quantity is not null && !quantities.Add(quantity.Text))
                section.Wrong(quantity, "another field of this model has this quantity", "give each field its own");

            var unit = section.Text("unit");
            var scale = section.Number("scale", -Largest, Largest);
            if (scale == 0)
                section.WrongAt("scale", "scale makes every value 0", "write 1 when the wire has the unit of the series");
            var least = section.Number("min", -Largest, Largest);
            var most = section.Number("max", -Largest, Largest);
            if (least >= most)
                section.WrongAt("max", "max is not above min", $"write more than {Values.Written(least.Value)}");
            if (quantity is { Text: Device.StageQuantity } && section.Sound)
                StageField(section, name!.Text, unit!, scale!.Value, Math.Max(Math.Abs(least!.Value), Math.Abs(most!.Value)));
            section.Done();
            if (section.Sound)
                fields.Add(new(name!.Text, quantity!.Text, unit!, (double)scale!.Value, (double)least!.Value, (double)most!.Value));
        }
        return fields.DrainToImmutable();
    }

    static void StageField(Section section, string name, string unit, decimal scale, decimal farthest)
    {
        if (unit != Millimetre)
            section.WrongAt("unit", "a stage is in whole millimetres", "write unit: mm, and as scale how many of them one of the wire's units has");
        var meant = name.EndsWith("_mm", StringComparison.Ordinal) ? 1
            : name.EndsWith("_cm", StringComparison.Ordinal) ? 10
            : name.EndsWith("_m", StringComparison.Ordinal) ? 1000
            : scale;
        if (scale != meant)
            section.WrongAt("scale", $"scale does not turn {name} into millimetres", $"write {Values.Written(meant)}");
        else if (scale < 0 || farthest > int.MaxValue / scale)
            section.WrongAt("scale", "scale gives no height in millimetres", "write 1000 for metres, 10 for centimetres, 1 for millimetres");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex FieldForm();

    [GeneratedRegex(@"\A(?=.{1,64}\z)[a-z][a-z0-9_]*\z")]
    private static partial Regex QuantityForm();
}
