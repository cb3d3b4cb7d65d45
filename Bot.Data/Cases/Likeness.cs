namespace Bot.Data.Cases;

/// <summary>How alike two stories are, and how far apart two places.</summary>
internal static class Likeness
{
    private const double EarthRadius = 6_371_000;

    /// <summary>Shared pairs of characters, 0 to 1; punctuation does not count.</summary>
    public static double Of(string one, string other)
    {
        var (a, b) = (Pairs(one), Pairs(other));
        if (a.Count == 0 || b.Count == 0)
            return 0;
        var shared = a.Count(b.Contains);
        // Against the shorter one: a short report of a thing is like a long one of it.
        return shared / (double)Math.Min(a.Count, b.Count);
    }

    /// <returns>Metres, as the crow flies.</returns>
    public static double Metres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var (p, q) = (double.DegreesToRadians(latitude), double.DegreesToRadians(otherLatitude));
        var (dp, dl) = (q - p, double.DegreesToRadians(otherLongitude - longitude));
        var h = Math.Pow(Math.Sin(dp / 2), 2) + Math.Cos(p) * Math.Cos(q) * Math.Pow(Math.Sin(dl / 2), 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private static HashSet<(char, char)> Pairs(string text)
    {
        var letters = text.Where(char.IsLetterOrDigit).Take(600).ToArray();
        HashSet<(char, char)> pairs = [];
        for (var i = 1; i < letters.Length; i++)
            pairs.Add((letters[i - 1], letters[i]));
        return pairs;
    }
}
