namespace CanhLu;

/// <summary>The QARTOD tests that are made on readings as they come (U.S. IOOS, Manual for Real-Time Quality Control of Water Level Data, v2.1).</summary>
/// <remarks>Test 2, syntax, is the decoder's: what it could not read is a rejection, and what the sensor cannot measure comes flagged.</remarks>
public enum QualityTest
{
    /// <summary>Test 1: how long nothing came before this reading.</summary>
    Gap,

    /// <summary>Test 4: the sensor's span and the user's.</summary>
    GrossRange,

    /// <summary>Test 5: what is usual in this month.</summary>
    Climatology,

    /// <summary>Test 6: against the readings before and after; so it is decided when the next one comes.</summary>
    Spike,

    /// <summary>Test 7: against the reading before, by the time between them.</summary>
    RateOfChange,

    /// <summary>Test 8: the same value again and again.</summary>
    FlatLine,

    /// <summary>Test 10: less movement than water has.</summary>
    AttenuatedSignal,

    /// <summary>Test 11: against the other gauges of the station.</summary>
    Neighbour,
}
