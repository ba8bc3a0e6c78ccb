using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Tests.Host.SiteFiles;

/// <summary>Writes every value of a site as its three files: the reader's counterpart, made of nothing of the reader's.</summary>
static class SiteWriter
{
    public static Dictionary<string, byte[]> Files(Site site) => new()
    {
        ["site.yaml"] = Encoding.UTF8.GetBytes(SiteFile(site)),
        ["rules.yaml"] = Encoding.UTF8.GetBytes(RulesFile(site)),
        ["bulletins.yaml"] = Encoding.UTF8.GetBytes(BulletinsFile(site)),
    };

    public static string Whole(Site site) => SiteFile(site) + RulesFile(site) + BulletinsFile(site);

    static string SiteFile(Site site)
    {
        var yaml = new StringBuilder();
        yaml.Append(Invariant, $"id: {site.Id}\nname: {Quoted(site.Name)}\nzone: {site.Zone.Id}\nfuture_tolerance: {Length(site.FutureTolerance)}\n");
        yaml.Append(Invariant, $"validity: {{ warning: {Length(site.WarningValidFor)}, all_clear: {Length(site.AllClearValidFor)} }}\n");
        if (site.Broker is { } broker)
        {
            yaml.Append(Invariant, $"broker:\n  url: {broker.Url}\n  client_id: {Quoted(broker.ClientId)}\n  links: {broker.Links}\n");
            yaml.Append(Invariant, $"  receive_maximum: {broker.ReceiveMaximum}\n");
            yaml.Append(Optional("  user: {0}\n", broker.User)).Append(Optional("  ca_file: {0}\n", broker.CaFile))
                .Append(Optional("  certificate_file: {0}\n", broker.CertificateFile));
        }
        if (site.PublicSender is { } sender)
            yaml.Append(Invariant, $"public_sender:\n  sender: {Quoted(sender.Sender)}\n  name: {Quoted(sender.Name)}\n  name_en: {Quoted(sender.NameEn)}\n")
                .Append(Optional("  contact: {0}\n", sender.Contact)).Append(Optional("  web: {0}\n", sender.Web));
        yaml.Append("tellings:\n");
        foreach (var telling in site.Tellings)
            yaml.Append(Invariant, $"  - {{ level: {(telling.Level == AlarmLevel.None ? "all-clear" : telling.Level)}, carriers: {Flow(telling.Carriers)}, together: {(telling.Together ? "true" : "false")} }}\n");
        yaml.Append(site.Deciding.IsEmpty ? "" : "deciding:\n");
        foreach (var deciding in site.Deciding)
        {
            yaml.Append(Invariant, $"  - persons: {deciding.Persons}\n    by: {deciding.By.ToString().ToLowerInvariant()}\n");
            yaml.Append(deciding.Level is { } level ? $"    level: {(level == AlarmLevel.None ? "all-clear" : level)}\n" : "");
            yaml.Append(deciding.Grades.IsEmpty ? "" : $"    grades: [{string.Join(", ", deciding.Grades)}]\n");
            yaml.Append(deciding.Within is { } within ? $"    within: {Length(within)}\n" : "");
            yaml.Append(deciding.Then.IsEmpty ? "" : $"    then: [{string.Join(", ", deciding.Then.Select(step => step.ToString().ToLowerInvariant()))}]\n");
        }
        yaml.Append("areas:\n");
        foreach (var area in site.Areas.Values.OrderBy(area => area.Code, StringComparer.Ordinal))
            yaml.Append(Invariant, $"  - {{ code: \"{area.Code}\", name: {Quoted(area.Name)}{(area.Evacuation is { } time ? $", evacuation: {Length(time)}" : "")} }}\n");
        yaml.Append("stations:\n");
        foreach (var station in site.Stations)
        {
            yaml.Append(Invariant, $"  - id: {station.Id}\n    name: {Quoted(station.Name)}\n    river: {Quoted(station.River)}\n    datum: {Quoted(station.Datum)}\n");
            yaml.Append(Invariant, $"    latitude: {Number(station.Latitude)}\n    longitude: {Number(station.Longitude)}\n    areas: {Flow(station.Areas)}\n");
            yaml.Append(station.FeelsTide ? "    feels_tide: true\n" : "");
            if (station.Upstream is { } above)
                yaml.Append(Invariant, $"    upstream: {{ station: {above.Station}, travel: {(above.Travel is { } travel ? Length(travel) : "learned")} }}\n");
            yaml.Append(Invariant, $"    report_every: {Length(station.ReportEvery)}\n    lateness: {Length(station.Lateness)}\n    ladders: {(station.Ladders.IsEmpty ? "[]" : "")}\n");
            foreach (var ladder in station.Ladders)
            {
                yaml.Append(Invariant, $"      - from: {InstantPattern.ExtendedIso.Format(ladder.From)}\n");
                foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
                    yaml.Append(Invariant, $"        {level}: {{ raise_m: {Metres(ladder[level].Raise)}, clear_m: {Metres(ladder[level].Clear)}, raise_hold: {Length(ladder[level].RaiseHold)}, clear_hold: {Length(ladder[level].ClearHold)} }}\n");
            }
        }
        yaml.Append("models:\n");
        foreach (var model in site.Devices.Values.Select(device => device.Model).DistinctBy(model => model.Id).OrderBy(model => model.Id, StringComparer.Ordinal))
        {
            yaml.Append(Invariant, $"  - id: {model.Id}\n    kind: {Kind(model.Kind)}\n    fields:\n");
            foreach (var field in model.Fields)
                yaml.Append(Invariant, $"      - {{ name: {field.Name}, quantity: {field.Quantity}, unit: {Quoted(field.Unit)}, scale: {Number(field.Scale)}, min: {Number(field.Min)}, max: {Number(field.Max)} }}\n");
        }
        yaml.Append("devices:\n");
        foreach (var device in site.Devices.Values.OrderBy(device => device.Id, StringComparer.Ordinal))
            yaml.Append(Invariant, $"  - {{ id: {device.Id}, model: {device.Model.Id}, name: {Quoted(device.Name)}{(device.Station is null ? "" : $", station: {device.Station}")}{(device.Also.IsEmpty ? "" : $", also: {Flow(device.Also)}")} }}\n");
        foreach (var decoder in site.Decoders)
        {
            yaml.Append(Invariant, $"{(decoder == site.Decoders[0] ? "decoders:\n" : "")}  - topic: {Quoted(decoder.Topic)}\n    format: {Format(decoder.Format)}\n");
            yaml.Append(decoder.Devices.IsEmpty ? "" : $"    devices: {Flow(decoder.Devices)}\n").Append(decoder.Names.IsEmpty ? "" : "    fields:\n");
            foreach (var name in decoder.Names)
                yaml.Append(Invariant, $"      - {{ name: {Quoted(name.Name)}, field: {name.Field} }}\n");
        }
        foreach (var siren in site.Sirens.Values.OrderBy(siren => siren.Id, StringComparer.Ordinal))
            yaml.Append(Invariant, $"{(siren == site.Sirens.Values.MinBy(one => one.Id, StringComparer.Ordinal) ? "sirens:\n" : "")}  - {{ id: {siren.Id}, area: \"{siren.Area}\", name: {Quoted(siren.Name)} }}\n");
        foreach (var one in site.Quality)
            yaml.Append(one == site.Quality[0] ? "quality:\n" : "").Append(Quality(one, site));
        return yaml.ToString();
    }

    /// <summary>Values as on the wire.</summary>
    static string Quality(SeriesQuality quality, Site site)
    {
        var field = site.Devices.Values.First(device => device.Model.Id == quality.Model).Model.Fields.First(field => field.Quantity == quality.Quantity);
        var tests = quality.Tests;
        var yaml = new StringBuilder();
        yaml.Append(Invariant, $"  - model: {quality.Model}\n    quantity: {quality.Quantity}\n");
        yaml.Append(Stations(quality.Stations));
        if (tests.Every is { } every)
            yaml.Append(Invariant, $"    every: {Length(every)}\n");
        if (tests.Gap is { } gap)
            yaml.Append(Invariant, $"    gap: {Length(gap)}\n");
        if (tests.UserSpan is { } span)
            yaml.Append(Invariant, $"    user_span: {{ {Span(span)} }}\n");
        if (!tests.Months.IsEmpty)
            yaml.Append("    climatology:\n");
        for (var month = 0; month < tests.Months.Length; month++)
            if (tests.Months[month] is { } usual)
                yaml.Append(Invariant, $"      - {{ months: [{month + 1}], {Span(usual)} }}\n");
        if (tests.Spike is { } spike)
            yaml.Append(Invariant, $"    spike: {{ suspect: {Wire(spike.Suspect)}, fail: {Wire(spike.Fail)}, method: {spike.Method.ToString().ToLowerInvariant()} }}\n");
        if (tests.Rate is { } rate)
            yaml.Append(Invariant, $"    rate_of_change: {{ suspect_per_h: {Wire(rate.Suspect * 3600)}{(rate.Fail is { } fail ? $", fail_per_h: {Wire(fail * 3600)}" : "")} }}\n");
        if (tests.FlatLine is { } flat)
            yaml.Append(Invariant, $"    flat_line: {{ suspect: {Length(flat.Suspect)}, fail: {Length(flat.Fail)}, tolerance: {Wire(flat.Tolerance)} }}\n");
        if (tests.Attenuation is { } still)
            yaml.Append(Invariant, $"    attenuated_signal: {{ period: {Length(still.Period)}, min_period: {Length(still.MinPeriod)}, suspect: {Wire(still.Suspect)}, fail: {Wire(still.Fail)}, measure: {still.Measure.ToString().ToLowerInvariant()} }}\n");
        if (tests.Neighbour is { } neighbour)
            yaml.Append(Invariant, $"    neighbour: {{ suspect: {Wire(neighbour.Suspect)}, within: {Length(neighbour.Within)} }}\n");
        return yaml.ToString();

        string Wire(double value) => Number(Math.Round(value / Math.Abs(field.Scale), 9));

        string Span(ValueSpan span) => field.Scale > 0 ? $"min: {Wire(span.Least)}, max: {Wire(span.Most)}" : $"min: {Wire(-span.Most)}, max: {Wire(-span.Least)}";
    }

    static string RulesFile(Site site)
    {
        var yaml = new StringBuilder("rules:\n");
        foreach (var rule in site.Rules)
        {
            yaml.Append(Invariant, $"  - id: {rule.Id}\n    name: {Quoted(rule.Name)}\n    policy: {PolicyOf(rule)}\n{(rule.IsShadow ? "    shadow: true\n" : "")}");
            yaml.Append(Quiet(rule.Quieting)).Append(rule.Witnesses.IsEmpty ? "" : Members("witnesses", rule.Witnesses)).Append(rule switch
            {
                Rule.StageLadder ladder => "    type: stage-ladder\n" + Stations(ladder.Stations),
                Rule.RateOfRiseRule rate => "    type: rate-of-rise\n" + Stations(rate.Stations) + string.Create(Invariant,
                    $"    window: {Length(rate.Window)}\n    min_points: {rate.MinPoints}\n    min_span: {Length(rate.MinSpan)}\n    raise_m_per_h: {rate.Raise.MetresPerHour}\n    clear_m_per_h: {rate.Clear.MetresPerHour}\n")
                    + (rate.Gate is { } gate ? $"    gate_m: {Metres(gate)}\n" : "") + (rate.Slope == Slope.TheilSen ? "" : "    slope: least-squares\n")
                    + (rate.MoreWindows.IsEmpty ? "" : $"    more_windows: [{string.Join(", ", rate.MoreWindows.Select(Length))}]\n")
                    + (rate.WithoutTide ? "    without_tide: true\n" : ""),
                Rule.Forecast forecast => "    type: forecast\n" + Stations(forecast.Stations)
                    + $"    level: {forecast.Level}\n    lead: {Length(forecast.Lead)}\n    horizon: {Length(forecast.Horizon)}\n    hold: {Length(forecast.Hold)}\n",
                Rule.Release release => "    type: release\n" + Stations(release.Stations) + $"    source: {release.Source}\n    reservoir: {Quoted(release.Reservoir)}\n    levels: {{ "
                    + string.Join(", ", new[] { ("I", release.Levels.I), ("II", release.Levels.II), ("III", release.Levels.III) }
                        .Where(one => one.Item2 is not null).Select(one => $"{one.Item1}: {one.Item2}")) + " }\n",
                Rule.Silence silence => "    type: silence\n" + Stations(silence.Stations) + $"    after: {Length(silence.After)}\n",
                Rule.Limit limit => "    type: limit\n" + (limit.Kind is { } kind ? $"    kind: {Kind(kind)}\n" : "")
                    + (limit.Devices.IsEmpty ? "" : $"    devices: {Flow(limit.Devices)}\n") + string.Create(Invariant,
                    $"    quantity: {limit.Quantity}\n    side: {limit.Side.ToString().ToLowerInvariant()}\n    raise: {Number(limit.Raise)}\n    clear: {Number(limit.Clear)}\n    raise_hold: {Length(limit.RaiseHold)}\n    clear_hold: {Length(limit.ClearHold)}\n")
                    + (limit.While is { } alarm ? $"    while: {{ station: {alarm.Station}, rule: {alarm.Rule}, level: {alarm.Level} }}\n" : ""),
                Rule.Fault fault => "    type: fault\n" + Stations(fault.Stations)
                    + $"    faults: [{string.Join(", ", fault.Faults.Select(kind => kind.ToString().ToLowerInvariant()))}]\n"
                    + (fault.Faults.Contains(FaultKind.Spiking) ? string.Create(Invariant, $"    spikes: {fault.Spikes}\n    within: {Length(fault.Within)}\n") : "")
                    + (fault.Faults.Contains(FaultKind.Jump) ? $"    jump_m: {Metres(new(fault.Jump))}\n" : "")
                    + (fault.Faults.Contains(FaultKind.Clock) ? $"    clock_off: {Length(fault.ClockOff)}\n" : ""),
                Rule.Combination combination => string.Create(Invariant, $"    type: combination\n    station: {combination.Station}\n    at_least: {combination.AtLeast}\n")
                    + Members("of", combination.Of) + (combination.Without.IsEmpty ? "" : Members("without", combination.Without)),
                _ => throw new NotSupportedException(rule.GetType().Name),
            });
        }
        return yaml.ToString();
    }

    static string PolicyOf(Rule rule)
    {
        string[] words = [.. rule.PolicyByGrade.Select(policy => policy.ToString().ToLowerInvariant())];
        return words.Length == 0 ? rule.Policy.ToString().ToLowerInvariant() : $"{{ A: {words[0]}, B: {words[1]}, C: {words[2]} }}";
    }

    static string Quiet(Quieting quieting) =>
        (quieting.Hours is { } hours ? string.Create(Invariant, $"    hours: {{ from: \"{hours.From:HH':'mm}\", until: \"{hours.Until:HH':'mm}\" }}\n") : "")
        + (quieting.Inhibitors.IsEmpty ? "" : Members("inhibited_by", quieting.Inhibitors))
        + (quieting.Flapping is { } often ? string.Create(Invariant, $"    flapping: {{ times: {often.Times}, within: {Length(often.Within)}, calm: {Length(often.Calm)} }}\n") : "");

    static string Members(string key, IEnumerable<Member> members) => $"    {key}:\n" + string.Concat(members.Select(member =>
        $"      - {{ rule: {member.Rule}{(member.Subject is { } subject ? $", subject: {subject}" : "")}, level: {member.Level} }}\n"));

    static string BulletinsFile(Site site)
    {
        var yaml = new StringBuilder("bulletins:\n");
        foreach (var entry in site.Templates.GroupBy(template => (template.Kind, template.Cause, template.Level)))
        {
            var (kind, cause, level) = entry.Key;
            yaml.Append(Invariant, $"  - kind: {(kind == BulletinKind.Warning ? "warning" : "all-clear")}\n    cause: {cause.ToString().ToLowerInvariant()}\n");
            yaml.Append(level is null ? "" : $"    level: {level}\n").Append("    texts:\n");
            foreach (var template in entry)
            {
                yaml.Append(Invariant, $"      {template.Language}:\n        text: {Quoted(template.Text)}\n");
                yaml.Append(Optional("        sms: {0}\n", template.Sms)).Append(Optional("        zalo_template: {0}\n", template.ZaloTemplate));
            }
        }
        return yaml.ToString();
    }

    static CultureInfo Invariant => CultureInfo.InvariantCulture;

    static string Stations(IReadOnlyCollection<string> ids) => ids.Count == 0 ? "" : $"    stations: {Flow(ids)}\n";

    static string Flow(IEnumerable<string> words) => $"[{string.Join(", ", words.Select(Quoted))}]";

    static string Optional(string form, string? text) => text is null ? "" : string.Format(Invariant, form, Quoted(text));

    static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    static string Kind(DeviceKind kind) => kind == DeviceKind.AccessPoint ? "access-point" : kind.ToString().ToLowerInvariant();

    static string Format(PayloadFormat format) => format switch
    {
        PayloadFormat.SenML => "senml",
        PayloadFormat.ChirpStack => "chirpstack",
        PayloadFormat.TheThingsStack => "the-things-stack",
        PayloadFormat.Frigate => "frigate",
        _ => "netjson",
    };

    static string Metres(Stage stage) => stage.Metres.ToString(Invariant);

    static string Number(double number) => ((decimal)number).ToString(Invariant);

    static string Length(Duration length) => string.Create(Invariant, $"{(long)length.TotalSeconds / 3600}h{(long)length.TotalSeconds % 3600}s");
}
