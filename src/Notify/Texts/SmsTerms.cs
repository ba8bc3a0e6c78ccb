using CanhLu.Notify.Carriers.Esms;
using Microsoft.Extensions.Configuration;

namespace CanhLu.Notify;

/// <summary>What was agreed about SMS, for reckoning what a broadcast costs and when it ends.</summary>
/// <param name="RatePerSecond">Letters a second; a letter of several segments counts once, as carriers agree it.</param>
/// <param name="PricePerSegment">Đồng for each segment to each recipient; null: not known.</param>
public sealed record SmsTerms(double RatePerSecond, decimal? PricePerSegment)
{
    /// <summary>The terms of a configuration: <c>Notify:SmsRatePerSecond</c>, else the rate of eSMS, and <c>Notify:SmsPricePerSegment</c>.</summary>
    /// <exception cref="InvalidOperationException">A value there is no number.</exception>
    public static SmsTerms Of(IConfiguration configuration)
    {
        var notify = configuration.GetSection(NotifyOptions.Section);
        var rate = notify.GetValue<double?>(nameof(NotifyOptions.SmsRatePerSecond))
            ?? configuration.GetSection(EsmsOptions.Section).GetValue(nameof(EsmsOptions.RatePerSecond), new EsmsOptions().RatePerSecond);
        return new SmsTerms(rate, notify.GetValue<decimal?>(nameof(NotifyOptions.SmsPricePerSegment)));
    }

    /// <summary>What a text costs, đồng; null when no price is known.</summary>
    /// <param name="size">The text's size.</param>
    /// <param name="recipients">To how many.</param>
    public decimal? Price(SmsSize size, int recipients) => PricePerSegment * size.Segments * recipients;

    /// <summary>Seconds from the first letter until the last one is handed over at the agreed rate.</summary>
    /// <param name="recipients">To how many.</param>
    public double Seconds(int recipients) => Math.Round(recipients / RatePerSecond, 1);
}
