using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify;

/// <summary>Knobs of telling people: section <c>Notify</c>. All times are real time, but for those that say otherwise.</summary>
public sealed class NotifyOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Notify";

    /// <summary>How often the store is looked into for what no bell announced.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after a delivery's first setback; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>After so many attempts without a lasting answer the next carrier is asked as well. If the first one had the message after all, the recipient reads it twice,
    /// which is counted; not to read it at all would be worse.</summary>
    [Range(1, 1_000)]
    public int SetbackLimit { get; set; } = 6;

    /// <summary>When a stopped channel is asked again with one delivery, if the carrier did not say.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan ProbeAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After so long without any answer a carrier counts as away, and what it has not been given goes to the next one. What a stopped carrier may have goes
    /// there too when it could not be asked about it for so long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan AwayAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many days a carrier's word that it cannot reach a recipient is believed.</summary>
    [Range(1, 3650)]
    public int RememberOutOfReachDays { get; set; } = 30;

    /// <summary>Whether those who have opted out are told of level III all the same: a matter of life, if the law lets it be one.</summary>
    public bool LevelIIIDespiteOptOut { get; set; } = true;

    /// <summary>The highest level of which those who have opted out are not told.</summary>
    internal AlarmLevel MostOptedOut => LevelIIIDespiteOptOut ? AlarmLevel.II : AlarmLevel.III;

    /// <summary>Several alarms within this time, by the engine's clock, make one message a resident: a warning of the same or a lower level of another station or rule is held
    /// back; zero tells every one. Default: ten minutes, one reporting interval of the gauges, in which one wave reaches all the stations of a quarter.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StormWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After so many messages in a calendar month, in the site's zone, a resident gets no more warnings of level I until it is over; zero: no limit. Default: twenty, five
    /// floods of one month with all three levels and an all-clear each.</summary>
    [Range(0, 10_000)]
    public int MessagesAMonth { get; set; } = 20;

    /// <summary>From this time of the day on, in the site's zone, Zalo may not send: SMS then goes first, and Zalo tells whom no SMS reaches.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:59")]
    public TimeSpan NightFrom { get; set; } = TimeSpan.FromHours(22);

    /// <summary>Until this time of the day; equal to <see cref="NightFrom"/> for no night at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:59")]
    public TimeSpan NightUntil { get; set; } = TimeSpan.FromHours(6);

    /// <summary>What one segment of an SMS costs, đồng, for the reckoning of a broadcast; null: not known.</summary>
    [Range(0, 1_000_000)]
    public decimal? SmsPricePerSegment { get; set; }

    /// <summary>What a carrier charges for one unit, đồng, by its id (<c>Notify:Prices:zalo</c>): a segment of an SMS, or a letter. One that sends SMS and is not named costs
    /// <see cref="SmsPricePerSegment"/>.</summary>
    public Dictionary<string, decimal> Prices { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often carriers are asked what the account still allows.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AskAllowanceEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>It is an alarm when an account allows fewer than so many messages to everyone in the roster: a flood takes three warnings and an all-clear.</summary>
    [Range(1, 1_000)]
    public int AllowanceForMessages { get; set; } = 4;

    /// <summary>How many SMS a second are reckoned with; null: as many as were agreed with eSMS.</summary>
    [Range(0.01, 10_000)]
    public double? SmsRatePerSecond { get; set; }

    /// <summary>What a carrier charges for one unit, đồng; null: nobody said.</summary>
    internal decimal? PriceOf(Carriers.ICarrier carrier) =>
        Prices.TryGetValue(carrier.Id, out var price) ? price : carrier.ChargesBySegment ? SmsPricePerSegment : null;
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class NotifyOptionsValidator : IValidateOptions<NotifyOptions>;
