namespace Bot.Data.Notices;

/// <summary>Addresses that others gave us, to be opened or called.</summary>
public static class WebLink
{
    public const int Longest = 1024;

    /// <returns>Null for what is no http or https address of at most <see cref="Longest"/> characters.</returns>
    public static Uri? Read(string url) =>
        url.Length <= Longest && Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : null;
}
