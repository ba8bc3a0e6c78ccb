using System.Security.Cryptography;
using System.Text;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CanhLu.Notify;

/// <summary>What carriers report under <c>/callbacks/{carrier}/{secret}</c>. A report that comes late, twice or for nothing is harmless, and counted.</summary>
public sealed class Callbacks
{
    /// <summary>Zalo waits two seconds for an answer and eSMS repeats only what times out.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    readonly Dictionary<string, ICarrier> _carriers;
    readonly Settling _settling;
    readonly ReplyBook _replies;
    readonly NotifyMetrics _metrics;
    readonly TimeProvider _time;
    readonly ILogger _log;

    internal Callbacks(IEnumerable<ICarrier> carriers, Settling settling, ReplyBook replies, NotifyMetrics metrics, TimeProvider time, ILogger<Callbacks> log)
    {
        _carriers = carriers.ToDictionary(carrier => carrier.Id);
        (_settling, _replies, _metrics, _time, _log) = (settling, replies, metrics, time, log);
    }

    /// <summary>Takes a report; when 200 is returned, it is on disk.</summary>
    /// <param name="carrier">The path's second part.</param>
    /// <param name="secret">The path's third part.</param>
    /// <param name="callback">The request as it came.</param>
    /// <returns>The HTTP status to answer with: 200 taken, known, unknown or of no interest; 400 unreadable; 403 forged; 404 no such carrier or
    /// secret; 503 come again.</returns>
    public async Task<int> Take(string carrier, string secret, Callback callback)
    {
        if (!_carriers.TryGetValue(carrier, out var known) || !Opens(known.Terms.CallbackSecret, secret))
            return StatusCodes.Status404NotFound;
        switch (await Reading(known).ConfigureAwait(false))
        {
            case CallbackReading.Unconfirmed:
                return Answer("unconfirmed", StatusCodes.Status503ServiceUnavailable);
            case CallbackReading.Forged forged:
                Log.CallbackForged(_log, carrier, forged.Why);
                return Answer("forged", StatusCodes.Status403Forbidden);
            case CallbackReading.Unreadable:
                return Answer("unreadable", StatusCodes.Status400BadRequest);
            case CallbackReading.Reply reply:
                return await Keep(reply).ConfigureAwait(false);
            case CallbackReading.Other:
                return Answer("other", StatusCodes.Status200OK);
            case CallbackReading.Report report:
                return await Settle([report]).ConfigureAwait(false);
            case CallbackReading.Reports reports:
                return await Settle(reports.All).ConfigureAwait(false);
            default:
                return Answer("unreadable", StatusCodes.Status400BadRequest);
        }

        async Task<CallbackReading> Reading(ICarrier known)
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            try
            {
                return await known.Confirm(callback, known.Read(callback), patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                return new CallbackReading.Unconfirmed();
            }
        }

        async Task<int> Settle(IReadOnlyList<CallbackReading.Report> reports)
        {
            // Whoever knows one carrier's path does not speak for another, whose reports may be signed.
            if (!reports.All(report => known.MayReportOn(report.Key)))
            {
                Log.CallbackForged(_log, carrier, "it reports on what another carrier was given");
                return Answer("forged", StatusCodes.Status403Forbidden);
            }
            var settlements = reports.Select(report => new Settlement(carrier, report.Key, report.Receipt, IsAnswer: false) { User = report.User }).ToList();
            if (!settlements.TrueForAll(_settling.TryPost))
                return Answer("too_many", StatusCodes.Status503ServiceUnavailable);
            try
            {
                await Task.WhenAll(settlements.Select(settlement => settlement.Done)).WaitAsync(Patience, _time).ConfigureAwait(false);
                return Answer("report", StatusCodes.Status200OK);
            }
            catch (TimeoutException)
            {
                return Answer("too_slow", StatusCodes.Status503ServiceUnavailable);
            }
        }

        async Task<int> Keep(CallbackReading.Reply reply)
        {
            try
            {
                var isNew = await Task.Run(() => _replies.Keep(carrier, reply)).WaitAsync(Patience, _time).ConfigureAwait(false);
                return Answer(isNew ? "reply" : "reply_repeat", StatusCodes.Status200OK);
            }
            catch (Exception trouble) when (trouble is TimeoutException || (trouble is SqliteException failure && Operations.IsTrouble(failure)))
            {
                // Should it be kept after all, the carrier's repeat is known by its id.
                return Answer("too_slow", StatusCodes.Status503ServiceUnavailable);
            }
        }

        int Answer(string what, int status)
        {
            _metrics.CalledBack(carrier, what);
            return status;
        }
    }

    static bool Opens(string? secret, string given) =>
        secret is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(given));
}
