namespace CanhLu.Rules.Forecasting;

/// <summary>The middle of numbers, which a few wild ones do not move.</summary>
static class Middle
{
    /// <summary>The median; of an even count the mean of the two in the middle. Changes the order of what it is given.</summary>
    /// <param name="values">One at least.</param>
    public static double Of(Span<double> values)
    {
        var half = values.Length / 2;
        var upper = Select(values, half);
        if (values.Length % 2 == 1)
            return upper;
        // What stands before the selected one is not greater.
        var lower = values[0];
        foreach (var value in values[1..half])
            lower = Math.Max(lower, value);
        return lower + (upper - lower) / 2;
    }

    // Hoare's FIND (Algorithm 65, 1961): puts the value of a rank at its place, nothing greater before it and nothing smaller behind.
    static double Select(Span<double> values, int rank)
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            var pivot = values[rank];
            int i = left, j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (pivot < values[j])
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
            if (j < rank)
                left = i;
            if (rank < i)
                right = j;
        }
        return values[rank];
    }
}
