namespace Bot.Handlers.Policies.Search;

/// <summary>The files embedded in Data/.</summary>
internal static class SearchData
{
    public static Stream Open(string name)
    {
        var resource = $"{typeof(SearchData).Namespace}.Data.{name}";
        return typeof(SearchData).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded");
    }
}
