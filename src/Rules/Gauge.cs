namespace CanhLu.Rules;

/// <summary>One stage series of a station.</summary>
readonly record struct Gauge(int Station, int Series);
