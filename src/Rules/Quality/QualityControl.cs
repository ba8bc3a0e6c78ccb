using NodaTime;

namespace CanhLu.Rules.Quality;

/// <summary>Makes the QARTOD tests on readings as they come: a flag per test, and their aggregate.</summary>
/// <remarks>
/// Pure, like <see cref="CanhLu.Rules.Judge"/>: no clock, no lock; it belongs to one loop, and nothing is allocated for a reading. What is decided stays so, except the
/// spike test of a series' newest reading, which the next one decides. The exact meaning of every test is in this folder's README.
/// </remarks>
public sealed class QualityControl : IQualityControl
{
    readonly int[] _numbers;
    readonly SeriesMemory[] _memory;
    readonly TestPlan[] _plans;
    readonly int[] _neighbours;
    readonly FlatLines _flat;
    readonly Attenuations _attenuations;
    readonly Calendar _calendar;
    readonly List<FlagCorrection> _ignored = [];
    long _call;

    /// <summary>Compiles the tests of some series.</summary>
    /// <param name="subjects">The series; readings of others are left as they are.</param>
    /// <param name="zone">The zone in which a month begins.</param>
    public QualityControl(IReadOnlyCollection<QualitySubject> subjects, DateTimeZone zone)
    {
        _calendar = new Calendar(zone);
        _numbers = new int[subjects.Count == 0 ? 1 : subjects.Max(one => one.Series.Value) + 1];
        _memory = new SeriesMemory[subjects.Count];
        var plans = new Dictionary<(QualityTests, ValueSpan?, Duration), int>();
        var compiled = new List<TestPlan>();
        var groups = subjects.Where(one => one.Neighbours is not null).ToLookup(one => one.Neighbours!, one => one.Series);
        var order = 0;
        foreach (var one in subjects)
            _numbers[one.Series.Value] = ++order;
        var (flat, attenuated) = (0, 0);
        var neighbours = new List<int>();
        foreach (var one in subjects)
        {
            var key = (one.Tests, one.SensorSpan, one.Interval);
            if (!plans.TryGetValue(key, out var number))
            {
                plans.Add(key, number = compiled.Count);
                compiled.Add(new TestPlan(one.Tests, one.SensorSpan, Ticks.Of(one.Interval)));
            }
            var plan = compiled[number];
            var first = neighbours.Count;
            if (plan.Within > 0 && one.Neighbours is { } group)
                neighbours.AddRange(groups[group].Where(other => other != one.Series).Select(other => _numbers[other.Value] - 1));
            _memory[_numbers[one.Series.Value] - 1] = new SeriesMemory
            {
                Newest = Ticks.Never,
                Last = double.NaN,
                BeforeLast = double.NaN,
                Plan = number,
                Flat = plan.Tolerance > 0 ? flat++ : -1,
                Attenuation = plan.Period > 0 ? attenuated++ : -1,
                FirstNeighbour = first,
                Neighbours = checked((ushort)(neighbours.Count - first)),
            };
        }
        _plans = [.. compiled];
        _neighbours = [.. neighbours];
        _flat = new FlatLines(flat);
        _attenuations = new Attenuations(attenuated);
        Lookback = Duration.FromTicks(_plans.Length == 0 ? 0 : _plans.Max(plan => plan.Lookback));
    }

    /// <summary>How much past the tests look at. What is recalled begins at least so long before the newest stored reading.</summary>
    public Duration Lookback { get; }

    /// <summary>The tests of a checked site on the series that the Archive knows.</summary>
    public static QualityControl Create(Site site, IReadOnlyCollection<Series> series) =>
        new([.. series.Select(one => QualitySubject.Of(site, one)).OfType<QualitySubject>()], site.Zone);

    /// <inheritdoc/>
    public void Judge(Span<Reading> readings, List<FlagCorrection> corrections)
    {
        _call++;
        for (var i = 0; i < readings.Length; i++)
        {
            var id = readings[i].Series.Value;
            if ((uint)id < (uint)_numbers.Length && _numbers[id] is > 0 and var number)
                Judge(readings, i, number - 1, corrections);
        }
    }

    /// <summary>At start: takes stored readings into its memory, in the order in which they were stored. What was said of them stays.</summary>
    public void Recall(ReadOnlySpan<Reading> stored)
    {
        foreach (ref readonly var reading in stored)
        {
            var id = reading.Series.Value;
            if ((uint)id >= (uint)_numbers.Length || _numbers[id] is not (> 0 and var number))
                continue;
            var one = reading;
            _call++;
            Judge(new Span<Reading>(ref one), _ignored);
            _ignored.Clear();
            ref var memory = ref _memory[number - 1];
            if (memory.Newest != Ticks.Of(reading.MeasuredAt))
                continue;
            memory.LastFlag = reading.Flag;
            memory.LastTests = reading.Tests;
        }
    }

    void Judge(Span<Reading> readings, int place, int number, List<FlagCorrection> corrections)
    {
        ref var reading = ref readings[place];
        ref var memory = ref _memory[number];
        var plan = _plans[memory.Plan];
        var at = Ticks.Of(reading.MeasuredAt);
        var isMissing = reading.Flag == Flag.Missing || double.IsNaN(reading.Value);
        var value = isMissing ? double.NaN : reading.Value;
        var isLate = at <= memory.Newest;
        var verdict = new Verdict(isMissing ? Flag.Missing : reading.Flag);

        if (plan.HasRange)
            verdict.Say(QualityTest.GrossRange, isMissing ? Flag.Missing : Qartod.GrossRange(value, plan.Sensor, plan.User));
        if (plan.Months is { } months)
            verdict.Say(QualityTest.Climatology, isMissing ? Flag.Missing : Qartod.Climatology(value, months[_calendar.Month(at) - 1]));
        if (isLate)
        {
            SayLate(plan, memory, ref verdict);
            reading = reading with { Flag = verdict.Flag, Tests = verdict.Tests };
            return;
        }
        var rises = !(value <= memory.Last);
        if (plan.Gap > 0)
            verdict.Say(QualityTest.Gap, memory.Seen == 0 ? Flag.NotEvaluated : at - memory.Newest > plan.Gap ? Flag.Missing : Flag.Good);
        if (plan.HasRate)
            verdict.Say(QualityTest.RateOfChange, isMissing ? Flag.Missing
                : double.IsNaN(memory.Last) ? Flag.Good
                : Qartod.RateOfChange(memory.Last, value, (at - memory.Newest) / NodaConstants.TicksPerSecond, plan.RateSuspect, plan.RateFail));
        if (memory.Flat >= 0)
            verdict.SayStill(QualityTest.FlatLine, FlatLine(plan, _flat.Take(memory.Flat, value, at, plan.Tolerance, plan.Interval), at, isMissing), rises);
        if (memory.Attenuation >= 0)
            verdict.SayStill(QualityTest.AttenuatedSignal, isMissing ? Flag.Missing : Attenuated(plan, memory.Attenuation, value, at), rises);
        if (plan.Within > 0)
            verdict.Say(QualityTest.Neighbour, isMissing ? Flag.Missing : Neighbour(plan, memory, value, at));
        if (plan.HasSpike)
        {
            verdict.Say(QualityTest.Spike, isMissing ? Flag.Missing : Flag.NotEvaluated);
            if (memory.Seen > 0)
                verdict.Tests = verdict.Tests.WithSpikeBefore(DecideSpike(readings, reading.Series, plan, ref memory, value, corrections));
        }

        reading = reading with { Flag = verdict.Flag, Tests = verdict.Tests };
        memory.Newest = at;
        memory.BeforeLast = memory.Last;
        memory.Last = value;
        memory.Call = _call;
        memory.Place = place;
        memory.LastFlag = verdict.Flag;
        memory.LastTests = verdict.Tests;
        if (memory.Seen < 2)
            memory.Seen++;
    }

    /// <summary>What needs the readings around it is not evaluated on one that comes behind a newer one.</summary>
    static void SayLate(TestPlan plan, in SeriesMemory memory, ref Verdict verdict)
    {
        if (plan.Gap > 0)
            verdict.Say(QualityTest.Gap, Flag.NotEvaluated);
        if (plan.HasSpike)
            verdict.Say(QualityTest.Spike, Flag.NotEvaluated);
        if (plan.HasRate)
            verdict.Say(QualityTest.RateOfChange, Flag.NotEvaluated);
        if (memory.Flat >= 0)
            verdict.Say(QualityTest.FlatLine, Flag.NotEvaluated);
        if (memory.Attenuation >= 0)
            verdict.Say(QualityTest.AttenuatedSignal, Flag.NotEvaluated);
        if (plan.Within > 0)
            verdict.Say(QualityTest.Neighbour, Flag.NotEvaluated);
    }

    static Flag FlatLine(TestPlan plan, in FlatRun run, long at, bool isMissing)
    {
        if (isMissing)
            return Flag.Missing;
        return Lasts(plan.FlatFail, run) ? Flag.Fail : Lasts(plan.FlatSuspect, run) ? Flag.Suspect : Flag.Good;

        // A gauge that reports oftener than it should is not stuck sooner: half an interval is what its clock may be off.
        bool Lasts(int count, in FlatRun run) =>
            run.Length > count && run.Readings > 2 && at - run.BrokenAt >= count * plan.Interval + plan.Interval / 2;
    }

    Flag Attenuated(TestPlan plan, int number, double value, long at)
    {
        var (count, movement) = _attenuations.Take(number, value, at, plan.Period, plan.Measure);
        return count < plan.LeastReadings ? Flag.NotEvaluated : Qartod.Attenuated(movement, plan.AttenuatedSuspect, plan.AttenuatedFail);
    }

    Flag Neighbour(TestPlan plan, in SeriesMemory memory, double value, long at)
    {
        var said = Flag.NotEvaluated;
        for (var i = memory.FirstNeighbour; i < memory.FirstNeighbour + memory.Neighbours; i++)
        {
            ref readonly var other = ref _memory[_neighbours[i]];
            if (other.Seen == 0 || double.IsNaN(other.Last) || other.LastFlag == Flag.Fail || Math.Abs(at - other.Newest) > plan.Within)
                continue;
            if (Math.Abs(value - other.Last) <= plan.NeighbourSuspect)
                return Flag.Good;
            said = Flag.Suspect;
        }
        return said;
    }

    /// <summary>Decides whether the series' reading before this one was a spike, and writes that down where it is now.</summary>
    Flag DecideSpike(
        Span<Reading> readings, SeriesId series, TestPlan plan, ref SeriesMemory memory, double value, List<FlagCorrection> corrections)
    {
        var spike = memory.Seen < 2 && !double.IsNaN(memory.Last)
            ? Flag.NotEvaluated
            : Qartod.Spike(memory.BeforeLast, memory.Last, value, plan.SpikeMethod, plan.SpikeSuspect, plan.SpikeFail);
        if (spike is Flag.NotEvaluated or Flag.Missing)
            return spike;
        var (flag, tests) = (TestFlags.Graver(memory.LastFlag, spike), memory.LastTests.With(QualityTest.Spike, spike));
        if (memory.Call == _call)
        {
            ref var before = ref readings[memory.Place];
            before = before with { Flag = flag, Tests = tests };
        }
        else if (spike != Flag.Good)
            corrections.Add(new FlagCorrection(series, Ticks.ToInstant(memory.Newest), flag, tests));
        return spike;
    }

    /// <summary>What the tests have said so far.</summary>
    struct Verdict(Flag syntax)
    {
        public Flag Flag = syntax;
        public TestFlags Tests;

        public void Say(QualityTest test, Flag flag)
        {
            Tests = Tests.With(test, flag);
            // A value that is not there stays so, whatever is said of its time.
            if (Flag != Flag.Missing)
                Flag = TestFlags.Graver(Flag, flag);
        }

        /// <summary>A test of how still the water lies. What rises at this very reading may be the flood: then it is suspect at most, so that no crossing is lost.</summary>
        public void SayStill(QualityTest test, Flag flag, bool rises)
        {
            Tests = Tests.With(test, flag);
            if (Flag != Flag.Missing)
                Flag = TestFlags.Graver(Flag, flag == Flag.Fail && rises ? Flag.Suspect : flag);
        }
    }
}
