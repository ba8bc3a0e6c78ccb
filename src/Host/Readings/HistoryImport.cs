using CanhLu.Archive;
using CanhLu.Archive.Files;
using CanhLu.Host.Qc;
using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Host.Readings;

/// <summary>What came of a file of readings.</summary>
/// <param name="Readings">How many of its lines are readings.</param>
/// <param name="Stored">How many are in the archive now and were not before.</param>
/// <param name="Repeated">How many were there already, or stand in the file twice.</param>
/// <param name="TooOld">How many were received so long ago that the engine would delete them.</param>
/// <param name="Foreign">Series that the site does not have; their readings are kept under their device.</param>
sealed record ImportTally(long Readings, long Stored, long Repeated, long TooOld, IReadOnlyList<string> Foreign);

/// <summary>Puts a file of readings into an archive as history: nobody judges it.</summary>
/// <remarks>
/// What the file says of a reading's quality stays; the readings of a file that says nothing are flagged by the site's tests in the order of its lines. A reading without a time of receipt counts as received when
/// it was measured, as in a backtest: what explains a past minute then sees it, and no start takes it for a backlog that has just come in.
/// </remarks>
/// <param name="files">The site as its files say it.</param>
/// <param name="site">The same with what was adopted.</param>
/// <param name="archive">Where to.</param>
/// <param name="clock">Our clock.</param>
sealed class HistoryImport(Site files, Site site, WritableArchive archive, IClock clock)
{
    const int Together = 10_000;
    const int LongestName = 64;

    /// <summary>Beyond that it is no water on earth, metres.</summary>
    const double Farthest = 1_000_000;

    static readonly Dictionary<string, double> StageUnits = new(StringComparer.Ordinal) { [""] = 1000, ["m"] = 1000, ["cm"] = 10, ["mm"] = 1 };

    readonly List<Kept?> _series = [];
    readonly List<string> _foreign = [];

    /// <summary>Reads the file and stores it; what it stored stays when it is broken off.</summary>
    /// <param name="file">The file.</param>
    /// <param name="told">Is told how many bytes have been read.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="NotReadingsException">It is no file of readings.</exception>
    /// <exception cref="ArchiveNotReadyException">The archive cannot be written.</exception>
    public async Task<ImportTally> Take(ReadingsFile file, Action<long>? told, CancellationToken cancellation)
    {
        // All numbers in one transaction, and before the tests are made for them.
        archive.Book.Ensure([.. site.Devices.Values.SelectMany(device => device.Model.Fields.Select(field => (device.Id, field.Quantity, field.Unit)).Append((device.Id, Device.Online, "1")))]);
        var now = clock.GetCurrentInstant();
        var (from, to) = (now - archive.KeepFor, now + files.FutureTolerance);
        var (readings, tooOld, begun) = (0L, 0L, false);
        var (filling, waiting) = (new ReadingBatch(Together), new ReadingBatch(Together));
        var storing = Task.CompletedTask;
        foreach (var read in file.Read(told))
        {
            if (!begun && !file.HasFlags)
                archive.Quality.Adopt(QualityControl.Create(site, archive.Book.All));
            begun = true;
            if (SeriesOf(file, read.Series) is not { } series)
                continue;
            if (read.At > to)
            {
                file.Refuse("measured_at lies in the future: history only is imported");
                continue;
            }
            var value = (read.Value ?? 0) * series.Scale;
            if (series.IsStage && Math.Abs(value) > Farthest * 1000)
            {
                file.Refuse("the stage is out of all range: it is in metres, unless a column unit says mm or cm");
                continue;
            }
            readings++;
            var received = read.Received ?? read.At;
            if (received < from)
            {
                tooOld++;
                continue;
            }
            value = series.IsStage ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
            var flag = read.Value is null ? Flag.Missing : file.HasFlags || series.Span is not { } span || (value >= span.Least && value <= span.Most) ? read.Flag : Flag.Fail;
            // A file has what is so, as an export has it; the writer adds what a calibration adds to what a gauge sends.
            filling.Add(new Reading(series.Id, read.At, received, value - archive.Offsets.At(series.Id, read.At), flag));
            if (filling.Count < Together)
                continue;
            await storing;
            storing = archive.Store(filling, cancellation);
            (filling, waiting) = (waiting, filling);
        }
        await storing;
        if (filling.Count > 0)
            await archive.Store(filling, cancellation);
        var stored = await archive.Close();
        return new ImportTally(readings, stored, readings - tooOld - stored, tooOld, _foreign);
    }

    /// <summary>The archive's series of a name in the file; null, and the line is refused, when there is none.</summary>
    Kept? SeriesOf(ReadingsFile file, int number)
    {
        var (name, quantity, unit) = file.Series[number];
        if (number == _series.Count)
            _series.Add(Found(name, quantity, unit));
        if (_series[number] is { Wrong: { } wrong })
        {
            file.Refuse(wrong);
            return null;
        }
        return _series[number];
    }

    Kept Found(string name, string quantity, string unit)
    {
        if (name.Length is 0 or > LongestName || quantity.Length is 0 or > LongestName || unit.Length > LongestName || (name + quantity + unit).Any(char.IsControl))
            return Kept.Not("names no station and series: write the station's id and the quantity, as tam-ky,stage");
        var device = SeriesNames.DeviceOf(files, name, quantity) ?? (files.StationOf(name) is null ? site.Devices.GetValueOrDefault(name) : null);
        if (device is null && files.StationOf(name) is not null)
            return Kept.Not($"no device at {name} measures {quantity}");
        var own = device is null ? null : SeriesNames.UnitOf(device, quantity);
        if (quantity == Device.StageQuantity && (own is null or SeriesNames.Millimetre))
        {
            if (!StageUnits.TryGetValue(unit, out var scale))
                return Kept.Not($"a stage is in m, cm or mm, not in '{unit}'");
            if (own is null && unit.Length == 0)
                return Kept.Not($"the site has no station or device {name}: its stages are kept under that name when a column unit says their unit");
            return Keep(name, device, quantity, SeriesNames.Millimetre, own) with { Scale = scale, IsStage = true };
        }
        if (own is null && unit.Length == 0)
            return Kept.Not($"the site knows no {quantity} of {name}: it is kept when a column unit says its unit");
        return Keep(name, device, quantity, unit.Length == 0 ? own! : unit, own);
    }

    Kept Keep(string name, Device? device, string quantity, string unit, string? own)
    {
        if (own != unit)
            _foreign.Add($"{name},{quantity} ({unit})");
        var span = own == unit && device!.Model.Fields.FirstOrDefault(field => field.Quantity == quantity) is { } known ? QualitySubject.SensorSpanOf(known) : (ValueSpan?)null;
        return new Kept(archive.Book.Ensure(device?.Id ?? name, quantity, unit), span);
    }

    /// <summary>Where readings of a name go; or why nowhere.</summary>
    sealed record Kept(SeriesId Id, ValueSpan? Span)
    {
        public double Scale { get; init; } = 1;

        public bool IsStage { get; init; }

        public string? Wrong { get; private init; }

        public static Kept Not(string wrong) => new(default, null) { Wrong = wrong };
    }
}
