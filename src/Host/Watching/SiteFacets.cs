using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace CanhLu.Host.Watching;

/// <summary>A site as flat facts, <c>Stations/tam-ky/Ladders/2020-03-14T17:00:00Z/II/Raise</c> = <c>2.20 m</c>, so that two sites can be told apart by word.</summary>
/// <remarks>Made from the records themselves: what is added to them is compared from then on.</remarks>
static class SiteFacets
{
    /// <summary>What differs, one line each, in the order of the site: <c>path: before → after</c>, <c>path: added</c>, <c>path: taken away</c>.</summary>
    public static ImmutableArray<string> Differences(Site before, Site after)
    {
        var (old, now) = (Of(before), Of(after));
        var lines = new List<string>();
        foreach (var (path, value) in now)
            if (!old.TryGetValue(path, out var was))
                lines.Add(value.Length == 0 ? $"{path}: added" : $"{path}: {value} added");
            else if (was != value)
                lines.Add($"{path}: {was} → {value}");
        foreach (var path in old.Keys)
            if (!now.ContainsKey(path))
                lines.Add($"{path}: taken away");
        // A thing that is new or gone is one line, not one for each of its facts.
        var whole = lines.Where(line => line.EndsWith(": added", StringComparison.Ordinal) || line.EndsWith(": taken away", StringComparison.Ordinal))
            .Select(line => (Path: line[..line.IndexOf(':', StringComparison.Ordinal)] + "/", Line: line)).ToArray();
        return [.. lines.Where(line => !whole.Any(one => line.StartsWith(one.Path, StringComparison.Ordinal)))];
    }

    static OrderedDictionary<string, string> Of(Site site)
    {
        var facts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Add(facts, "", site);
        return facts;
    }

    static void Add(OrderedDictionary<string, string> facts, string path, object? value)
    {
        switch (value)
        {
            case null:
                facts[path] = "none";
                break;
            case string or bool or Enum or double or int or Duration or Stage or RateOfRise or Instant or LocalTime:
                facts[path] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                break;
            case DateTimeZone zone:
                facts[path] = zone.Id;
                break;
            case IEnumerable many:
                AddAll(facts, path, many.Cast<object>());
                break;
            default:
                foreach (var property in value.GetType().GetProperties())
                    if (property.GetIndexParameters().Length == 0 && property.CanWrite)
                        Add(facts, path.Length == 0 ? property.Name : $"{path}/{property.Name}", property.GetValue(value));
                break;
        }
    }

    static void AddAll(OrderedDictionary<string, string> facts, string path, IEnumerable<object> many)
    {
        var values = many.ToArray();
        if (values is [string, ..])
        {
            facts[path] = string.Join(", ", values);
            return;
        }
        for (var i = 0; i < values.Length; i++)
        {
            var (name, value) = Named(values[i], i);
            facts[$"{path}/{name}"] = "";
            Add(facts, $"{path}/{name}", value);
        }
    }

    static (string Name, object Value) Named(object value, int index)
    {
        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            return (Convert.ToString(type.GetProperty("Key")!.GetValue(value), CultureInfo.InvariantCulture)!, type.GetProperty("Value")!.GetValue(value)!);
        var key = value switch
        {
            ThresholdSet set => set.From.ToString(),
            Calibration one => $"{one.Device} {one.From}",
            Decoder decoder => decoder.Topic.Replace('/', ' '),
            ForeignName name => name.Name,
            Telling telling => telling.Level.ToString(),
            BulletinTemplate template => $"{template.Kind} {template.Cause} {template.Level} {template.Language}",
            _ => type.GetProperty("Id")?.GetValue(value) as string ?? (index + 1).ToString(CultureInfo.InvariantCulture),
        };
        return (key, value);
    }
}
