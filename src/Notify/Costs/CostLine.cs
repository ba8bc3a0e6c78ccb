namespace CanhLu.Notify;

/// <summary>What a carrier took in a month, and what that costs.</summary>
/// <param name="Month"><c>2025-10</c>, in the site's zone.</param>
/// <param name="Carrier">Its id.</param>
/// <param name="Letters">How many letters it took.</param>
/// <param name="Units">What it charges for: segments of SMS, letters of everything else.</param>
/// <param name="Cost">Đồng, by the prices that held when each broadcast began; null when the price of any of it is not known.</param>
public sealed record CostLine(string Month, string Carrier, long Letters, long Units, decimal? Cost);
