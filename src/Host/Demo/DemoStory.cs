using System.Globalization;
using CanhLu.Duty;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.October;
using CanhLu.Host.Watching;
using CanhLu.Notify;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace CanhLu.Host.Demo;

/// <summary>Tells the demo in the terminal: where to look, how far the flood is, every bulletin as it is decided, and how it ended.</summary>
sealed class DemoStory(Site site, DemoOptions options, IServiceProvider engine, IClock clock, TimeProvider time)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly LocalDateTimePattern _when = LocalDateTimePattern.CreateWithInvariantCulture("dd/MM HH:mm");
    long _told;

    /// <summary>Says what is about to happen and where to look.</summary>
    public void Open()
    {
        Say("Trận lũ 28–31/10/2025 tại Tam Kỳ – đường quá trình giữa ba số liệu chính thức là dựng lại.");
        Say("The flood of 28–31 October 2025 at Tam Kỳ – the curve between the three official values is a reconstruction.");
        if (options.Until is { } until)
            Say($"  Chạy nhanh tới {When(until)}, từ đó theo nhịp thật. / Fast until then, at the pace of real time from there.");
        if (options.Headless)
            return;
        Say($"  Trang trực / duty page    {options.Urls}");
        Say($"  Điện thoại / handsets     {options.Handsets}");
        Say($"  Số liệu / metrics         {options.Urls}/metrics");
    }

    /// <summary>Follows the flood to its end.</summary>
    /// <param name="flood">The pretend devices at work.</param>
    /// <param name="counts">What they have sent so far.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<Counts> Tell(Task<Counts> flood, Func<Counts> counts, CancellationToken stop)
    {
        if (options.Headless || !AnsiConsole.Profile.Capabilities.Interactive)
            await Follow(flood, _ => { }, stop);
        else
            await AnsiConsole.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("", maxValue: (OctoberFlood.Ends - OctoberFlood.Begins).TotalHours);
                    await Follow(flood, now => bar.Value((now - OctoberFlood.Begins).TotalHours).Description(Now(now, counts())), stop);
                });
        return await flood;
    }

    /// <summary>Says how it ended; the last line is the result as JSON when nobody watches.</summary>
    public void Close(DemoResult result)
    {
        TellBulletins();
        if (options.Headless)
        {
            System.Console.Out.WriteLine(result.ToJson());
            return;
        }
        var deliveries = result.Deliveries;
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Xong. {result.Readings} số liệu đã gửi, {result.Stored} đã lưu, {result.Lost} mất; {deliveries.Accepted} tin được nhà mạng nhận, {deliveries.Delivered} tới máy, {deliveries.Failed} không gửi được, {result.Doubled} gửi trùng."));
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Over. {result.Readings} readings sent, {result.Stored} stored, {result.Lost} lost; {deliveries.Accepted} messages accepted, {deliveries.Delivered} delivered, {deliveries.Failed} failed, {result.Doubled} doubled."));
        Say("Trang vẫn mở; nhấn Ctrl-C để kết thúc. / The page stands for you to look at; Ctrl-C ends it.");
    }

    /// <summary>Says one line.</summary>
    public static void Say(string line) => System.Console.Out.WriteLine(line);

    async Task Follow(Task flood, Action<Instant> show, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (!flood.IsCompleted)
        {
            TellBulletins();
            show(clock.GetCurrentInstant());
            await timer.WaitForNextTickAsync(stop);
        }
        show(OctoberFlood.Ends);
    }

    void TellBulletins()
    {
        foreach (var bulletin in engine.GetRequiredService<DutyLog>().Bulletins(100).Reverse().Where(bulletin => bulletin.Id > _told))
        {
            _told = bulletin.Id;
            var words = BulletinText.Of(bulletin.Content, site, "vi");
            var name = bulletin.Kind == BulletinKind.AllClear ? "Hết cảnh báo" : $"Báo động {bulletin.Level}";
            var line = $"{When(bulletin.MeasuredAt)}  {name}: {words.Text}";
            if (options.Headless || !AnsiConsole.Profile.Capabilities.Interactive)
                Say(line);
            else
                AnsiConsole.MarkupLineInterpolated($"[bold]{line}[/]");
        }
    }

    string When(Instant at) => _when.Format(at.InZone(site.Zone).LocalDateTime);

    string Now(Instant now, Counts counts)
    {
        var station = engine.GetRequiredService<RiverNow>().Stations.FirstOrDefault(one => one.Station == "tam-ky");
        var stage = station?.Stage is { } height ? height.Metres.ToString("0.00", CultureInfo.InvariantCulture) + " m" : "–";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{When(now)}  Tam Kỳ {stage}  {counts.Acknowledged} MQTT ✓");
    }
}
