namespace Bot.Host.Pages.Public;

/// <summary>Parts of an article as the pages show them.</summary>
internal static class NewsView
{
    private const double Kilo = 1024;

    public static string Size(long bytes) =>
        bytes < Kilo * Kilo ? $"{Math.Max(1, Math.Round(bytes / Kilo))} KB" : $"{bytes / Kilo / Kilo:0.0} MB";
}
