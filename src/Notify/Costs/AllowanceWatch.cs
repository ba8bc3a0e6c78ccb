using System.Collections.Concurrent;
using System.Globalization;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Asks carriers what the account still allows, and says so in time when that is not enough to tell everyone.</summary>
/// <remarks>Between floods nothing is sent, so that nothing else would find an empty account before the night on which it is needed.</remarks>
sealed class AllowanceWatch(
    IEnumerable<ICarrier> carriers, CostBook costs, Operations operations, IOptions<NotifyOptions> options, NotifyMetrics metrics, ChangeSignal changes, IClock clock,
    TimeProvider time, ILogger<AllowanceWatch> log) : BackgroundService
{
    static readonly Duration SayEvery = Duration.FromDays(1);

    readonly ConcurrentDictionary<string, Known> _known = new();
    readonly Dictionary<string, Instant> _said = [];

    /// <summary>What is known of a carrier's account, and what is to be done about it.</summary>
    public (Allowance? Left, CarrierConcern? Concern) Of(string carrier) =>
        _known.TryGetValue(carrier, out var known) ? (known.Left, known.Concern) : (null, null);

    /// <summary>Asks every carrier once. One that does not answer keeps what was known of it.</summary>
    public async Task Look(CancellationToken stopping)
    {
        foreach (var carrier in carriers)
            if (await carrier.AskAllowance(stopping).ConfigureAwait(false) is { } left)
                Note(carrier, left);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Allowances(() => _known.Select(one => (one.Key, one.Value.Left)));
        using var ticks = new PeriodicTimer(options.Value.AskAllowanceEvery, time);
        do
            await Look(stoppingToken).ConfigureAwait(false);
        while (await ticks.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    void Note(ICarrier carrier, Allowance left)
    {
        var concern = Judge(carrier, left);
        _known[carrier.Id] = new Known(left, concern);
        var now = clock.GetCurrentInstant();
        if (concern is null)
            _said.Remove(carrier.Id);
        else if (!_said.TryGetValue(carrier.Id, out var said) || now - said >= SayEvery)
        {
            Log.AllowanceConcern(log, carrier.Id, concern.Reason, concern.Remedy);
            _said[carrier.Id] = now;
        }
        changes.Advance();
    }

    CarrierConcern? Judge(ICarrier carrier, Allowance left)
    {
        var people = operations.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM recipients"));
        var wanted = people * options.Value.AllowanceForMessages;
        decimal? letters = (left.Unit, options.Value.PriceOf(carrier)) switch
        {
            (AllowanceUnit.Letters, _) => left.Left,
            (_, > 0 and { } price) => left.Left / (price * costs.UnitsOf(carrier.Id)),
            // Without a price only the end itself can be seen.
            _ => left.Left <= 0 ? 0 : null,
        };
        return letters is null || (letters >= wanted && letters > 0)
            ? null
            : new CarrierConcern(
                "allowance",
                string.Create(CultureInfo.InvariantCulture,
                    $"{left.Left:#,0.##} {(left.Unit == AllowanceUnit.Dong ? "đồng are" : "letters are")} left: enough for {Math.Floor(letters.Value):#,0} letters, and {wanted:#,0} are wanted ({options.Value.AllowanceForMessages} to each of {people:#,0} people)"),
                left.Unit == AllowanceUnit.Dong ? "Top up the account." : "Ask for a higher quota, and let SMS tell the rest until then.",
                null);
    }

    sealed record Known(Allowance Left, CarrierConcern? Concern);
}
