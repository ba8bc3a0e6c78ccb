using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The quality tests of <c>site.yaml</c>: an entry for a model's quantity, and others for some stations that say otherwise. May be left out.</summary>
/// <remarks>Values are written as on the wire, like a field's <c>min</c> and <c>max</c>; the tests have them in the unit of the series.</remarks>
static class QualityList
{
    /// <summary>Reads the entries under <c>quality</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        var sound = site.Sound;
        var taken = new HashSet<(string Model, string Quantity, string Station)>();
        foreach (var section in Section.Entries(site.Findings, site.ListOrNone("quality"), "quality of model", "model"))
        {
            var model = draft.ModelIds.Refer(section, "model", section.Required("model")) is { } named
                ? draft.Models.Find(one => one.Id == named)
                : null;
            var quantity = section.Single("quantity");
            var field = model?.Fields.FirstOrDefault(one => one.Quantity == quantity?.Text);
            if (model is not null && quantity is not null && field is null)
                section.Wrong(quantity, $"model {model.Id} does not send it", Nearest.Remedy(quantity.Text, [.. model.Fields.Select(one => one.Quantity)], "it sends"));
            var stations = draft.StationIds.ReferAll(section, "stations", required: false);
            foreach (var (id, written) in stations)
                if (model is not null && sound && !draft.Devices.Exists(device => device.Station == id && device.Model.Id == model.Id))
                    section.Wrong(written, $"no device of model {model.Id} is at station {id}", "take it out, or name another station");
            if (field is not null)
                foreach (var id in stations.Count == 0 ? [""] : stations.Select(station => station.Id))
                    if (!taken.Add((model!.Id, field.Quantity, id)))
                        section.WrongAt("quantity", $"its quality{(id.Length > 0 ? $" at {id}" : "")} is written twice", "keep one entry, or name stations in one of them");
            var tests = QualitySection.Read(section, field);
            section.Done();
            if (!section.Sound || field is null)
                continue;
            if (sound)
                Possible(section, tests, model!.Id, [.. stations.Select(station => station.Id)], draft);
            if (section.Sound)
                draft.Quality.Add(new(model!.Id, field.Quantity, [.. stations.Select(station => station.Id)], tests));
        }
    }

    // What no interval between two readings allows.
    static void Possible(Section section, QualityTests tests, string model, string[] named, Draft draft)
    {
        var devices = draft.Devices.Where(device => device.Model.Id == model && (named.Length == 0 || named.Contains(device.Station))).ToList();
        if (tests.Every is null && (tests.FlatLine is not null || tests.Attenuation is not null) && devices.Find(device => device.Station is null) is { } nowhere)
        {
            section.Wrong(section.Node, $"device {nowhere.Id} is at no station, so nobody knows how often it reports", "add 'every: …'");
            return;
        }
        var every = tests.Every ?? devices.Select(device => device.Station is { } id ? draft.StationOf(id)!.ReportEvery : Duration.Zero).DefaultIfEmpty().Max();
        if (tests.Gap <= every)
            section.WrongAt("gap", "every reading would end a gap", $"write more than {Values.Written(every)}");
        if (tests.FlatLine is { } flat && flat.Suspect < every * 2)
            section.WrongAt("flat_line", "two equal readings would be a stuck sensor", $"write as suspect at least {Values.Written(every * 2)}");
    }
}
