using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CanhLu.Archive;
using NodaTime;

namespace CanhLu.Console.SensorThings;

/// <summary>Answers one request. What it reads and how much it gives is bounded, whatever is asked.</summary>
/// <param name="catalog">What is shown now.</param>
/// <param name="history">Where observations are.</param>
/// <param name="root">The address of the service, without a slash at its end.</param>
/// <param name="cancellation">Ends it.</param>
sealed class Answering(Catalog catalog, History history, string root, CancellationToken cancellation)
{
    const int MostEntities = 20_000;
    const int MostLooks = 200;

    static readonly string[] Conformance =
    [
        "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel",
        "http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path/resource-path-to-entities",
        "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data",
    ];

    readonly Sifting _sifting = new(catalog);
    int _entities;
    int _looks;

    /// <summary>What stands at the service's own address.</summary>
    public static JsonObject Index(string root) => new()
    {
        ["value"] = new JsonArray([.. Enum.GetValues<EntitySet>().Select(set => (JsonNode)new JsonObject { ["name"] = set.ToString(), ["url"] = $"{root}/{set}" })]),
        ["serverSettings"] = new JsonObject { ["conformance"] = new JsonArray([.. Conformance.Select(one => (JsonNode?)one)]) },
    };

    /// <summary>The answer to an address and a question; a text for a property's bare value.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<(JsonNode? Json, string? Text)> Of(IReadOnlyList<PathStep> path, Question question)
    {
        if (!Shape.TryRead(path[0].Name, out var set))
            throw Nothing(path[0].Name);
        var address = new StringBuilder(root).Append('/').Append(path[0].Name);
        Entity? parent = null;
        var here = path[0].Id is { } first ? await One(set.Value, first, null) : null;
        for (var i = 1; i < path.Count; i++)
        {
            var (name, id) = path[i];
            if (name == "$ref" && id is null && i == path.Count - 1)
                return (await References(here, parent, set.Value, question, address.ToString()), null);
            if (here is null)
                throw Nothing(name);
            if (Shape.Way(here.Set, name) is not { } way)
                return Property(here, path, i);
            (parent, set) = (here, way.To);
            address.Clear().Append(LinkOf(parent)).Append('/').Append(name);
            here = way.IsMany
                ? id is null ? null : await One(way.To, id, parent)
                : id is null ? catalog.Behind(parent, way.To).FirstOrDefault() ?? throw Nothing(name) : throw Nothing(name);
        }
        return (here is not null ? await Whole(here, question) : await Many(parent, set.Value, question, address.ToString()), null);
    }

    static RefusedException Nothing(string what) =>
        RefusedException.Missing($"There is nothing at {(what.Length <= 40 ? what : what[..40] + "…")}: see the sets at the service's own address.");

    async Task<Entity> One(EntitySet set, string id, Entity? parent)
    {
        var found = set == EntitySet.Observations ? await Observation(id) : catalog.Find(set, id);
        var isBehind = found is not null && (parent is null
            || (set == EntitySet.Observations ? catalog.StreamsOf(parent).Contains(found.Stream!) : catalog.Behind(parent, set).Contains(found)));
        return isBehind ? found! : throw RefusedException.Missing($"There is no such entity in {set}.");
    }

    async Task<Entity?> Observation(string id)
    {
        if (catalog.ObservationOf(id) is not var (stream, at))
            return null;
        Look();
        var found = await history.Range(stream.Series.Id, at, at + Duration.FromTicks(10), 1, cancellation);
        return found is [var reading] ? Catalog.Observation(reading, stream) : null;
    }

    static (JsonNode? Json, string? Text) Property(Entity here, IReadOnlyList<PathStep> path, int at)
    {
        var name = path[at].Name;
        var bare = at + 2 == path.Count && path[at + 1] is { Name: "$value", Id: null };
        if (path[at].Id is not null || !Shape.PropertiesOf(here.Set).Contains(name) || (at + 1 != path.Count && !bare))
            throw Nothing(name);
        var value = here.Body[name];
        if (bare)
            return value is null ? throw Nothing(name) : (null, value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value.ToJsonString());
        return (new JsonObject { [name] = value?.DeepClone() }, null);
    }

    async Task<JsonObject> References(Entity? here, Entity? parent, EntitySet set, Question question, string address)
    {
        if (here is not null)
            return new JsonObject { ["@iot.selfLink"] = LinkOf(here) };
        var (entities, answer) = await Page(parent, set, question, address + "/$ref");
        answer["value"] = new JsonArray([.. entities.Select(one => (JsonNode)new JsonObject { ["@iot.selfLink"] = LinkOf(one) })]);
        return answer;
    }

    async Task<JsonObject> Many(Entity? parent, EntitySet set, Question question, string address)
    {
        var (entities, answer) = await Page(parent, set, question, address);
        var value = new JsonArray();
        foreach (var entity in entities)
            value.Add((JsonNode)await Whole(entity, question));
        answer["value"] = value;
        return answer;
    }

    /// <summary>A page of a set, with its count and the way to the next page.</summary>
    async Task<(IReadOnlyList<Entity> Entities, JsonObject Answer)> Page(Entity? parent, EntitySet set, Question question, string address)
    {
        foreach (var order in question.OrderBy)
            Sifting.Check(set, order.By);
        if (question.Filter is { } asked)
            Sifting.Check(set, asked);
        var answer = new JsonObject();
        IReadOnlyList<Entity> page;
        bool more;
        if (set == EntitySet.Observations)
        {
            Stream[] streams = [.. parent is null ? catalog.Streams : catalog.StreamsOf(parent)];
            var query = ObservationAsking.Of(streams, question, question.Top + (question.Top == 0 ? 0 : 1));
            if (question.Count)
            {
                Look();
                answer["@iot.count"] = await history.Count(query, cancellation);
            }
            Look();
            var readings = await history.Select(query, cancellation);
            var byId = streams.ToDictionary(stream => stream.Series.Id);
            page = [.. readings.Take(question.Top).Select(reading => Catalog.Observation(reading, byId[reading.Series]))];
            more = readings.Count > question.Top;
        }
        else
        {
            var all = parent is null ? catalog.All(set) : catalog.Behind(parent, set);
            Entity[] found = [.. _sifting.Ordered(question.Filter is { } filter ? all.Where(one => _sifting.Meets(one, filter)) : all, question.OrderBy)];
            if (question.Count)
                answer["@iot.count"] = found.Length;
            page = [.. found.Skip(question.Skip).Take(question.Top)];
            more = question.Top > 0 && found.Length > question.Skip + question.Top;
        }
        if (more && question.Skip + question.Top <= Question.MostSkipped)
            answer["@iot.nextLink"] = Next(address, question);
        return (page, answer);
    }

    async Task<JsonObject> Whole(Entity entity, Question question)
    {
        if (++_entities > MostEntities)
            throw RefusedException.Wrong($"The answer would have more than {MostEntities.ToString(CultureInfo.InvariantCulture)} entities: ask for less with $top, also in $expand.");
        var whole = new JsonObject();
        var select = question.Select;
        foreach (var name in select ?? [])
            if (!Shape.HasProperty(entity.Set, name) && Shape.Way(entity.Set, name) is null)
                throw RefusedException.Wrong($"{entity.Set} have no {name}; they have {string.Join(", ", ["id", .. Shape.PropertiesOf(entity.Set), .. Shape.WaysOf(entity.Set).Select(way => way.Name)])}.");
        if (select is null || select.Contains("id") || select.Contains("@iot.id"))
            whole["@iot.id"] = entity.IdNode;
        if (select is null || select.Contains("selfLink") || select.Contains("@iot.selfLink"))
            whole["@iot.selfLink"] = LinkOf(entity);
        foreach (var (name, value) in entity.Body)
            if (select is null || select.Contains(name))
                whole[name] = value?.DeepClone();
        foreach (var (way, _) in question.Expand)
            if (Shape.Way(entity.Set, way) is null)
                throw RefusedException.Wrong($"{entity.Set} have no {(way.Length <= 40 ? way : way[..40] + "…")} to expand; they have {string.Join(", ", Shape.WaysOf(entity.Set).Select(one => one.Name))}.");
        foreach (var way in Shape.WaysOf(entity.Set))
        {
            var expanded = question.Expand.FirstOrDefault(one => one.Way == way.Name).Question;
            if (expanded is null && (select is null || select.Contains(way.Name)))
                whole[$"{way.Name}@iot.navigationLink"] = $"{LinkOf(entity)}/{way.Name}";
            if (expanded is null)
                continue;
            if (!way.IsMany)
            {
                whole[way.Name] = catalog.Behind(entity, way.To).FirstOrDefault() is { } behind ? await Whole(behind, expanded) : null;
                continue;
            }
            var many = await Many(entity, way.To, expanded, $"{LinkOf(entity)}/{way.Name}");
            foreach (var (said, value) in many.ToArray())
            {
                many.Remove(said);
                whole[said == "value" ? way.Name : way.Name + said] = value;
            }
        }
        return whole;
    }

    string LinkOf(Entity entity) => $"{root}/{entity.Set}{entity.Key}";

    static string Next(string address, Question question)
    {
        var options = question.Asked.Where(one => one.Name is not ("$skip" or "$top")).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$top={question.Top}")).Append(string.Create(CultureInfo.InvariantCulture, $"$skip={question.Skip + question.Top}"));
        return $"{address}?{string.Join('&', options)}";
    }

    void Look()
    {
        if (++_looks > MostLooks)
            throw RefusedException.Wrong($"This would ask the archive more than {MostLooks.ToString(CultureInfo.InvariantCulture)} times: expand fewer datastreams at once, with $top or $filter.");
    }
}
