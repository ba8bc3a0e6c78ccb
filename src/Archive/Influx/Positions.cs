using System.Text.Json;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive.Influx;

/// <summary>How far each source is copied: <c>influx.json</c> beside the archive.</summary>
/// <remarks>
/// The file keeps the position that was reached some time ago (<see cref="InfluxOptions.Rewind"/>), not the last: a server may say that it has stored what is still in its memory only. Whoever may have
/// lost that, the server or we, goes on from the kept position, and writes some points a second time, which changes nothing.
/// It belongs to one server and database: another one begins with the first reading.
/// </remarks>
sealed class Positions(IOptions<InfluxOptions> options, IOptions<ArchiveOptions> archive, TimeProvider time)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "influx.json";

    readonly string _path = Path.Combine(archive.Value.Folder, FileName);
    readonly string _target = $"{options.Value.Url} {options.Value.Organisation}/{options.Value.Database}/{options.Value.RetentionPolicy}";
    readonly Dictionary<string, Place> _places = [];
    File? _file;

    Dictionary<string, long> Kept => Loaded.Positions;

    File Loaded => _file ??= Load();

    /// <summary>The first position of a source that is not copied yet.</summary>
    public long this[string source] => Of(source).Reached;

    /// <summary>Notes that everything of a source before a position is there.</summary>
    public void Reach(string source, long position)
    {
        var place = Of(source);
        place.Reached = position;
        place.Steps.Enqueue((time.GetTimestamp(), position));
        var safe = Kept.GetValueOrDefault(source);
        while (place.Steps.TryPeek(out var step) && time.GetElapsedTime(step.At) >= options.Value.Rewind)
            safe = place.Steps.Dequeue().Position;
        if (safe != Kept.GetValueOrDefault(source))
            Keep(source, safe);
    }

    /// <summary>Goes back to what was kept: the server may have forgotten what came after.</summary>
    public void GoBack()
    {
        foreach (var (source, place) in _places)
        {
            place.Steps.Clear();
            place.Reached = Kept.GetValueOrDefault(source);
        }
    }

    /// <summary>How many changes of what a source had given are copied, or noted to be.</summary>
    public int Changes(string source) => Loaded.Changes?.GetValueOrDefault(source) ?? 0;

    /// <summary>Goes back to what was changed, and keeps both: that, and that it was heard.</summary>
    public void GoBack(string source, long? position, int changes)
    {
        var place = Of(source);
        place.Steps.Clear();
        place.Reached = Math.Min(place.Reached, position ?? long.MaxValue);
        (Loaded.Changes ??= [])[source] = changes;
        Keep(source, Math.Min(Kept.GetValueOrDefault(source), place.Reached));
    }

    Place Of(string source)
    {
        if (!_places.TryGetValue(source, out var place))
            _places[source] = place = new Place { Reached = Kept.GetValueOrDefault(source) };
        return place;
    }

    void Keep(string source, long position)
    {
        Kept[source] = position;
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, Loaded);
            file.Flush(flushToDisk: true);
        }
        System.IO.File.Move(fresh, _path, overwrite: true);
    }

    File Load()
    {
        try
        {
            if (System.IO.File.Exists(_path) && JsonSerializer.Deserialize<File>(System.IO.File.ReadAllBytes(_path)) is { } file && file.Target == _target)
                return file;
        }
        catch (JsonException)
        {
            // No file of ours any more: all is written again, which changes nothing there.
        }
        return new File(_target, []);
    }

    sealed class Place
    {
        public long Reached { get; set; }

        public Queue<(long At, long Position)> Steps { get; } = [];
    }

    sealed record File(string Target, Dictionary<string, long> Positions)
    {
        public Dictionary<string, int>? Changes { get; set; }
    }
}
