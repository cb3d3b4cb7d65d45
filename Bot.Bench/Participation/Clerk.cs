using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Bot.Bench.Load;
using Bot.Host.Content;

namespace Bot.Bench.Participation;

/// <summary>One of the demo's staff at the console, who fills in its forms as a browser would.</summary>
internal sealed partial class Clerk : IDisposable
{
    private readonly HttpClient _http;

    private Clerk(HttpClient http) => _http = http;

    public static async Task<Clerk> SignInAsync(Uri host, string name)
    {
        var clerk = new Clerk(new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new() }) { BaseAddress = host, Timeout = TimeSpan.FromMinutes(2) });
        await clerk.SendAsync("/console/sign-in", null, new() { ["Account"] = name, ["Password"] = DemoStaff.Password });
        return clerk;
    }

    /// <returns>Where the form led.</returns>
    /// <param name="handler">Null for the form without one.</param>
    /// <exception cref="LoadException">There is no such form, or it was refused.</exception>
    public async Task<string> SendAsync(string path, string? handler, Dictionary<string, string> fields)
    {
        var page = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        var form = Form().Matches(page).Select(m => m.Value).FirstOrDefault(f => f.Contains("method=\"post\"", StringComparison.Ordinal)
            && !f.Contains("sign-out", StringComparison.Ordinal) && (handler is null ? !f.Contains("handler=", StringComparison.Ordinal) : f.Contains($"handler={handler}", StringComparison.Ordinal)))
            ?? throw new LoadException($"{path} has no form for {handler}.");
        var action = Action().Match(form) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : path;
        var hidden = Hidden().Matches(form).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).Where(f => !fields.ContainsKey(f.Key));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields));
        using var answer = await _http.PostAsync(new Uri(action, UriKind.Relative), content);
        return answer.Headers.Location?.ToString() ?? throw new LoadException($"{path} {handler}: {Refusal().Match(await answer.Content.ReadAsStringAsync()).Value}");
    }

    /// <returns>Where the page leads on to; null while it stays.</returns>
    public async Task<string?> LedToAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.Headers.Location?.ToString();
    }

    /// <returns>How long a page took, with all of its body, ms.</returns>
    public async Task<double> TimeAsync(string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : throw new LoadException($"{path}: {answer.StatusCode}");
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("^<form\\b[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input\\b(?=[^>]*type=\"hidden\")(?=[^>]*\\bname=\"([^\"]*)\")(?=[^>]*\\bvalue=\"([^\"]*)\")[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("(?<=(?:role=\"alert\"|warn-text)[^>]*>\\s*)[^<\\s][^<]*")]
    private static partial Regex Refusal();
}
