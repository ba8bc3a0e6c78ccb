using System.Globalization;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Watchdogs;

/// <summary>Looks at an engine from another machine, and calls people by its own carriers when it is silent: an engine that is gone raises no alarm of its own.</summary>
/// <remarks>One call when it is found, one more every so often, one when it is well again. It never calls for less than the agreed silence.</remarks>
sealed class Watchdog(WatchdogOptions options, HttpClient http, Caller caller, IClock clock, TimeProvider time, ILogger<Watchdog> log)
{
    static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];
    static readonly ZonedDateTimePattern Minute = ZonedDateTimePattern.CreateWithInvariantCulture("HH:mm dd/MM", null);

    long _wellAt = time.GetTimestamp();
    Instant _wellSince = clock.GetCurrentInstant();
    long? _calledAt;
    string? _trouble;

    /// <summary>Looks until it is told to stop.</summary>
    public async Task Run(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        do
            await Look(stopping);
        while (await timer.WaitForNextTickAsync(stopping));
    }

    async Task Look(CancellationToken stopping)
    {
        if (await Ask(stopping) is not { } trouble)
        {
            await Well(stopping);
            return;
        }
        if (_trouble is null)
            Log.EngineSilent(log, options.Engine, trouble);
        _trouble = trouble;
        if (time.GetElapsedTime(_wellAt) < options.SilentFor || (_calledAt is { } called && time.GetElapsedTime(called) < options.AgainAfter))
            return;
        _calledAt = time.GetTimestamp();
        await Call($"CANH LŨ: máy chủ {options.Engine.Host} không hoạt động từ {Since}: {Words(trouble)}. Theo dõi mực nước bằng cách khác và gọi người quản trị NGAY.", stopping);
    }

    async Task Well(CancellationToken stopping)
    {
        if (_trouble is not null)
            Log.EngineAnswers(log, options.Engine, time.GetElapsedTime(_wellAt));
        var wasCalled = _calledAt is not null;
        (_trouble, _calledAt) = (null, null);
        if (wasCalled)
            await Call($"CANH LŨ: máy chủ {options.Engine.Host} đã hoạt động lại, sau khi im từ {Since}.", stopping);
        (_wellAt, _wellSince) = (time.GetTimestamp(), clock.GetCurrentInstant());
    }

    string Since => Minute.Format(_wellSince.InZone(Zone));

    /// <summary>What is wrong; null when all is well.</summary>
    async Task<string?> Ask(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(options.Every, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            using var answer = await http.GetAsync(new Uri(options.Engine, "readyz"), either.Token);
            if (answer.IsSuccessStatusCode)
                return null;
            return (int)answer.StatusCode == 503
                ? $"503 {(await answer.Content.ReadAsStringAsync(either.Token)).Trim()}"
                : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return "no answer";
        }
        catch (HttpRequestException gone)
        {
            return gone.HttpRequestError == HttpRequestError.Unknown ? gone.Message : gone.HttpRequestError.ToString();
        }
    }

    /// <summary>For people's telephones: what it is, not how it is called inside.</summary>
    static string Words(string trouble) => trouble.StartsWith("503", StringComparison.Ordinal) ? "không lưu được số liệu" : "không trả lời";

    async Task Call(string text, CancellationToken stopping)
    {
        foreach (var phone in options.Phones)
        {
            var (carrier, failure) = await caller.Call(phone, text, stopping);
            if (carrier is not null)
                Log.Called(log, phone, carrier);
            else
                Log.NotCalled(log, phone, failure!);
        }
    }
}
