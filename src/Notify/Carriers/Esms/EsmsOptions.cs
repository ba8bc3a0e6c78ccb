using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Esms;

/// <summary>What was agreed with eSMS: section <c>Carriers:Esms</c>.</summary>
public sealed class EsmsOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:Esms";

    /// <summary>Where it is; a path may follow the host.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://rest.esms.vn");

    /// <summary>The account's key. A secret.</summary>
    [Required]
    public string ApiKey { get; set; } = "";

    /// <summary>The account's second key. A secret.</summary>
    [Required]
    public string SecretKey { get; set; } = "";

    /// <summary>The registered sender's name.</summary>
    [Required, StringLength(11, MinimumLength = 1)]
    public string Brandname { get; set; } = "";

    /// <summary>True: eSMS checks and answers, and sends nothing.</summary>
    public bool Sandbox { get; set; }

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 50;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The engine's own address as eSMS sees it, <c>https://canhlu.example.vn</c>; null: no reports are asked for.</summary>
    public Uri? CallbackBaseUrl { get; set; }

    /// <summary>Whether a reported success or failure counts only after eSMS itself has been asked (<c>GetSendStatus</c>).</summary>
    public bool ConfirmReports { get; set; }

    /// <summary>After so long without a report, in real time, eSMS is asked what became of a message; empty: it is not.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? AskAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The last part of the path under which reports come. They are not signed: this is all that protects them. A secret.</summary>
    [StringLength(128, MinimumLength = 16)]
    public string? CallbackSecret { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class EsmsOptionsValidator : IValidateOptions<EsmsOptions>;
