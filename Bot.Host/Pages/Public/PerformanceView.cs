using System.Globalization;
using Bot.Handlers.Participation;

namespace Bot.Host.Pages.Public;

/// <summary>Figures as the page and the files show them.</summary>
internal static class PerformanceView
{
    private const double Tallest = 68;
    private const double Width = 20;

    public static string Number(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);

    public static string Month(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static IEnumerable<Bar> Bars(PerformanceFigure figure, IReadOnlyList<DateOnly> months)
    {
        var most = figure.Unit == "%" ? 100 : Math.Max(1, months.Max(m => figure.In(m)?.Value ?? 0));
        foreach (var (i, month) in months.Index())
        {
            var height = Math.Max(1, (figure.In(month)?.Value ?? 0) / most * Tallest);
            yield return new(
                Text(i * Width + 3), Text(72 - height), Text(height), $"{Month(month)}：{(figure.In(month) is { } value ? $"{Number(value.Value)} {figure.Unit}" : "没有")}");
        }
    }

    /// <summary>A line a value, with a header; opens in a spreadsheet.</summary>
    public static string Csv(PerformanceReport report)
    {
        var lines = report.Figures.SelectMany(f => f.Values.Select(v => string.Join(
            ',', f.Code, Quoted(f.Title), Month(v.Month), Quoted(v.Group), v.Value.ToString(CultureInfo.InvariantCulture), f.Unit, v.Of.ToString(CultureInfo.InvariantCulture), Quoted(f.Definition))));
        return string.Join("\r\n", lines.Prepend("code,指标,月份,分组,数值,单位,样本数,口径")) + "\r\n";
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    // A department's name must not become a formula.
    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public readonly record struct Bar(string X, string Y, string Height, string Words);
}
