using System.Globalization;
using System.Text;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Notify.Canaries;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Host.Canaries;

/// <summary>Lets a pretend reading go the whole way from time to time, and says when it does not arrive, and where it was lost.</summary>
/// <remarks>
/// <code>
/// publish ─▶ door ─▶ Archive ─▶ rules ─▶ Duty ─▶ Planner ─▶ Courier ─▶ carrier ─▶ test telephones
///    └──────────────────────── seconds ────────────────────────────────┘
/// </code>
/// One payload holds the end of the last alarm and the beginning of the next.
/// </remarks>
/// <param name="publish">Publishes a payload as the canary's device; null when it was acknowledged, else why not.</param>
/// <param name="started">Completes when the way in is open.</param>
/// <param name="site">The site in force.</param>
/// <param name="letters">What became of its letters.</param>
/// <param name="calls">Calls the officers on duty.</param>
/// <param name="state">Where it says how it went.</param>
/// <param name="clock">The engine's clock.</param>
/// <param name="time">Real time.</param>
/// <param name="log">Facts for the operator.</param>
sealed class CanaryWatch(
    Func<byte[], CancellationToken, Task<string?>> publish, Task started, Func<Site> site, CanaryLetters letters, CanaryCalls calls, CanaryState state, IClock clock, TimeProvider time,
    ILogger<CanaryWatch> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A tenth of a second is as exact as a figure of seconds need be.</summary>
    static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    Instant? _tried;

    /// <summary>One trial, from the publication until it has arrived or its time is up.</summary>
    public async Task Try(Canary canary, CancellationToken stopping)
    {
        var at = Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());
        _tried = at;
        (double? accepted, double? delivered, string? trouble) = (null, null, null);
        try
        {
            (accepted, delivered, trouble) = await Follow(canary, at, stopping);
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            trouble = $"the operations store could not be read ({failure.Message}). Make room on its disk";
        }
        var before = state.Last.Trouble;
        state.Tried(at, accepted, delivered, trouble);
        if (trouble is not null)
        {
            Log.CanaryLost(log, canary.Within, trouble);
            if (before is null)
                Call(at, canary);
        }
        else if (before is not null)
            Log.CanaryArrivedAgain(log, accepted!.Value);
    }

    /// <summary>Whether a trial is due.</summary>
    public bool IsDue(Canary canary) =>
        (_tried ??= letters.Last()) is not { } last || clock.GetCurrentInstant() - last >= canary.Every;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await started.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(LookEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (site() is { IsDrill: false, Canary: { } canary } && IsDue(canary))
                    await Try(canary, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    async Task<(double? Accepted, double? Delivered, string? Trouble)> Follow(Canary canary, Instant at, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(canary.Within.ToTimeSpan(), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        var began = time.GetTimestamp();
        var t = at.ToUnixTimeMilliseconds();
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""[{"t":{{t - 1}},"canary":0},{"t":{{t}},"canary":1}]"""));
        if (await publish(payload, either.Token) is { } refused)
        {
            stopping.ThrowIfCancellationRequested();
            return (null, null, $"the reading did not get in ({refused}). Look at /readyz for the archive, and whether devices can connect");
        }
        double? accepted = null;
        using var timer = new PeriodicTimer(AskEvery, time);
        while (true)
        {
            var told = letters.Of(at);
            var isAll = told.Count == canary.Phones.Length;
            if (isAll && accepted is null && told.All(letter => letter.AcceptedAt is not null))
                accepted = time.GetElapsedTime(began).TotalSeconds;
            if (isAll && told.All(letter => letter.DeliveredAt is not null))
                return (accepted, time.GetElapsedTime(began).TotalSeconds, null);
            try
            {
                await timer.WaitForNextTickAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                return (accepted, null, accepted is null || canary.IsReceiptNeeded ? Lost(told) : null);
            }
        }
    }

    static string Lost(IReadOnlyList<CanaryLetter> told) =>
        told.Count == 0 ? "the reading is stored, and no bulletin came of it. Look at /readyz for the operations store, and restart the engine if it says nothing"
        : told.Any(letter => letter.AcceptedAt is null) ? $"no carrier took {told.Count(letter => letter.AcceptedAt is null)} of {told.Count} letters. Look at /api/carriers"
        : "the carriers took the letters and reported none or not all as delivered. Look whether their callbacks come in, and at the test telephones";

    void Call(Instant at, Canary canary)
    {
        var hour = OfficialWording.Hour(at, site().Zone, "vi");
        try
        {
            if (calls.Warn(new OwnWords(
                $"Canh Lũ: tin thử lúc {hour} KHÔNG đến nơi trong {canary.Within.TotalMinutes:0.#} phút. Cảnh báo thật có thể không gửi được: hãy xem trang trực và báo kỹ thuật.",
                $"Canh Lu: the trial message of {OfficialWording.Hour(at, site().Zone, "en")} did NOT arrive. Real warnings may not be sent: look at the desk and call the technician.")) == 0)
                Log.NobodyToCall(log);
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            // The store is what is lost: it is logged and shown, and cannot be told.
            Log.CanaryNotTold(log, failure.Message);
        }
    }
}
