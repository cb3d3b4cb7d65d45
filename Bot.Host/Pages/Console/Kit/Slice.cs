namespace Bot.Host.Pages.Console;

/// <summary>Where a list stands: page, order, and the addresses of other pages and orders with the filters kept.</summary>
/// <param name="Total">Null where counting would cost too much; then <paramref name="More"/> tells whether there is another page.</param>
public sealed record Slice(HttpRequest Request, int Page, int Size, int? Total, bool More)
{
    public int Pages => Total is { } total ? Math.Max(1, (total + Size - 1) / Size) : Page + (More ? 1 : 0);

    public bool HasNext => Total is null ? More : Page < Pages;

    public static Slice Of(HttpRequest request, int page, int size, int total) => new(request, page, size, total, page * size < total);

    /// <summary>This address with one value changed; null takes it away. Another order or filter begins on the first page.</summary>
    public string With(string name, string? value)
    {
        var query = Request.Query.Where(q => q.Key != name && q.Key is not ("p" or "before") && !q.Key.StartsWith('_'))
            .SelectMany(q => q.Value.Where(v => !string.IsNullOrEmpty(v)), (q, v) => (q.Key, Value: v!));
        if (value is not null)
            query = query.Append((name, value));
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));
        return text.Length == 0 ? Request.Path : $"{Request.Path}?{text}";
    }
}

/// <summary>A column heading that orders the list: <c>asc</c>, then <c>desc</c>.</summary>
/// <param name="Key">The value of <c>sort</c> for the rising order; falling is <c>-key</c>.</param>
public sealed record SortLink(Slice List, string Key, string Title, string? Current)
{
    public string? Order => Current == Key ? "ascending" : Current == "-" + Key ? "descending" : null;

    public string Address => List.With("sort", Current == Key ? "-" + Key : Key);
}
