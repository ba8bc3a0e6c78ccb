namespace CanhLu.Rules;

/// <summary>A station's stages of the lateness window, by the river's clock. Grows where a gauge reports more often than its site says.</summary>
struct Window(int capacity)
{
    Unsettled[] _stages = new Unsettled[capacity];
    int _first;

    public int Count { get; private set; }

    /// <summary>The stages, oldest first; good until the window changes.</summary>
    public readonly Span<Unsettled> Stages => _stages.AsSpan(_first, Count);

    /// <summary>Puts a stage into its place.</summary>
    /// <returns>Its place; -1 when the gauge's stage of that time is there already.</returns>
    public int Add(in Unsettled stage)
    {
        var place = Count;
        var stages = Stages;
        while (place > 0 && stage.IsBefore(stages[place - 1]))
            place--;
        if (place > 0 && !stages[place - 1].IsBefore(stage))
            return -1;
        if (_first + Count == _stages.Length)
            MakeRoom();
        stages = _stages.AsSpan(_first, ++Count);
        stages[place..^1].CopyTo(stages[(place + 1)..]);
        stages[place] = stage;
        return place;
    }

    /// <summary>Takes the oldest ones out.</summary>
    public void Remove(int count)
    {
        _first += count;
        Count -= count;
    }

    void MakeRoom()
    {
        if (_first > 0)
            Stages.CopyTo(_stages);
        else
            Array.Resize(ref _stages, _stages.Length * 2);
        _first = 0;
    }
}
