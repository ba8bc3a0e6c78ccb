namespace CanhLu;

/// <summary>How a rate of rise is found from the points of a window.</summary>
public enum Slope
{
    /// <summary>The median of the slopes of all pairs of points: a few wild readings do not move it (Theil 1950, Sen 1968).</summary>
    TheilSen,

    /// <summary>The line of least squares: every reading has its say, a wild one the loudest.</summary>
    LeastSquares,
}
