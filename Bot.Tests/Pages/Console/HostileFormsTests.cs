using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Bot.Data.Staff;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Bot.Tests.House;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Every form that the console shows an administrator, filled in as nobody should; and every handler, called by whom it is not for.</summary>
public sealed partial class HostileFormsTests
{
    private const string Script = "<script>alert(1)</script>'; drop table staff; --";
    private const int FewFields = 12;
    private const int PagesOfAKind = 2;

    private TestHost _host = null!;
    private HttpClient _admin = null!;
    private Form[] _forms = null!;

    private NpgsqlDataSource Db => _host.Services.GetRequiredService<NpgsqlDataSource>();

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        _admin = await _host.SignInAsync("admin");
        _forms = [.. (await WalkAsync()).DistinctBy(f => (f.Page, f.Action, string.Join(',', f.Fields.Select(x => x.Name))))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public void The_walk_finds_the_forms() => Assert.That(_forms.Select(f => f.Kind).Distinct().Count(), Is.GreaterThan(60), string.Join('\n', _forms.Select(f => f.Kind).Distinct()));

    // Told apart: what can never be right must do nothing; words that are only strange may be kept, and are shown as words.
    [TestCase("empty", false)]
    [TestCase("script", false)]
    [TestCase("words for numbers", false)]
    [TestCase("overlong", true)]
    [TestCase("zero character", true)]
    [TestCase("another's number", true)]
    [TestCase("first day", false)]
    [TestCase("last day", false)]
    public async Task No_form_breaks(string how, bool nothingHappens)
    {
        List<string> faults = [];
        foreach (var form in _forms)
        {
            var wrong = Fill(form, how);
            if (wrong is null)
                continue;
            var before = await ActsAsync();
            wrong[FormOnceFilter.Field] = Guid.NewGuid().ToString("N");
            using var answer = await _admin.PostAsync(form.Action, Content(form, wrong));
            var told = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode >= 500)
                faults.Add($"{form.Kind}: {(int)answer.StatusCode}");
            if (answer.Headers.Location?.ToString().StartsWith("/console/sign-in", StringComparison.Ordinal) == true)
                Assert.Fail($"{form.Kind} ended the session");
            if (told.Contains("<script>alert(1)", StringComparison.Ordinal))
                faults.Add($"{form.Kind}: shows the script as markup");
            if (nothingHappens && await ActsAsync() is var after && after != before)
                faults.Add($"{form.Kind}: acted: {after}");
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    // Each role, each handler that it may not call: by the page's [StaffOnly] or the handler's [Only].
    [TestCaseSource(nameof(Everybody))]
    public async Task No_handler_acts_for_whom_it_is_not_for(string name)
    {
        var person = DemoStaff.People.Single(p => p.Name == name);
        var member = new StaffMember(0, person.Name, person.DisplayName, person.Roles, person.Department);
        using var client = await _host.SignInAsync(name);
        var (_, hidden) = await client.FormAsync("/console/me", "Password");
        List<string> faults = [];
        foreach (var route in (await RoutesTests.AllAsync(_host.Services)).Where(RouteWalkTests.IsClosed))
        {
            var page = route.Metadata.GetRequiredMetadata<CompiledPageActionDescriptor>();
            var admitted = page.ModelTypeInfo!.GetCustomAttribute<StaffOnlyAttribute>()!.Admits(member);
            foreach (var handler in page.HandlerMethods.Where(h => h.HttpMethod == "Post" && !(admitted && h.MethodInfo.GetCustomAttribute<OnlyAttribute>()?.Roles.Any(role => member.Is(role)) != false)))
            {
                hidden[FormOnceFilter.Field] = Guid.NewGuid().ToString("N");
                using var answer = await client.PostAsync($"{RouteWalkTests.Address(route)}?handler={handler.Name}", ConsoleHost.Content(hidden, []));
                if (answer.StatusCode is not HttpStatusCode.Forbidden)
                    faults.Add($"{RouteWalkTests.Address(route)} {handler.Name}: {(int)answer.StatusCode}");
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    private static IEnumerable<string> Everybody() => RouteWalkTests.Everybody();

    /// <returns>Null: this form has nothing that could be filled in so.</returns>
    private static Dictionary<string, string>? Fill(Form form, string how)
    {
        var (typed, hidden) = (form.Fields.Where(f => f.Type != "hidden").ToArray(), form.Fields.Where(f => f.Type == "hidden" && !f.Name.StartsWith('_')).ToArray());
        var into = how.EndsWith("day", StringComparison.Ordinal) ? [.. typed.Where(f => f.Type is "date" or "datetime-local")] : how == "another's number" ? hidden : how == "overlong" ? [.. typed.Where(f => f.Type is not ("checkbox" or "radio"))] : typed;
        if (into.Length == 0)
            return null;
        var value = how switch
        {
            "empty" => "",
            "script" => Script,
            "words for numbers" => "不是数字",
            "overlong" => new string('x', typed.Length > FewFields ? 3_000 : 250_000),
            "zero character" => "a\0b",
            _ => "999999999",
        };
        if (how.EndsWith("day", StringComparison.Ordinal))
            return into.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => (how == "first day" ? "0001-01-01" : "9999-12-31") + (f.Type == "date" ? "" : "T23:59"));
        return into.Select(f => f.Name).Distinct().ToDictionary(name => name, _ => value);
    }

    private static MultipartFormDataContent Content(Form form, Dictionary<string, string> wrong)
    {
        MultipartFormDataContent content = [];
        foreach (var (name, value) in form.Fields.Where(f => !wrong.ContainsKey(f.Name) && f.Value is not null).Select(f => (f.Name, f.Value!)).Concat(wrong.Select(w => (w.Key, w.Value))))
            content.Add(new StringContent(value), $"\"{name}\"");
        return content;
    }

    private async Task<string> ActsAsync()
    {
        await using var command = Db.CreateCommand("select coalesce(max(id), 0) || ' ' || coalesce((select act || ' ' || subject from audit_entry order by id desc limit 1), '') from audit_entry where actor = 'admin'");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<Form>> WalkAsync()
    {
        var patterns = (await RoutesTests.AllAsync(_host.Services)).Where(RouteWalkTests.IsClosed).Select(r => r.RoutePattern.RawText!.Trim('/')).Distinct()
            .OrderBy(p => p.Contains('{', StringComparison.Ordinal)).Select(p => (Pattern: p, Matches: new Regex($"^/{Parameter().Replace(p, "[^/]+").Replace("/[^/]+?", "(/[^/]+)?", StringComparison.Ordinal)}$"))).ToArray();
        Queue<string> open = new(patterns.Where(p => !p.Pattern.Contains('{', StringComparison.Ordinal)).Select(p => $"/{p.Pattern}").Concat(["/console/people/0", "/console/keywords/0", "/console/menu/for/0", "/console/halls/counters/0", "/console/articles/edit", "/console/policies/edit"]));
        Dictionary<string, int> seen = [];
        HashSet<string> known = [.. open];
        List<Form> forms = [];
        while (open.TryDequeue(out var path))
        {
            var kind = patterns.FirstOrDefault(p => p.Matches.IsMatch(path.Split('?')[0])).Pattern;
            if (kind is null || (seen[kind] = seen.GetValueOrDefault(kind) + 1) > PagesOfAKind)
                continue;
            using var answer = await _admin.GetAsync(path);
            if (answer.StatusCode is not HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await answer.Content.ReadAsStringAsync();
            forms.AddRange(Forms().Matches(page).Select(m => Form.Read(kind, path, m.Value)).OfType<Form>());
            foreach (var link in Links().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(l => !l.Contains("handler=", StringComparison.Ordinal) && known.Add(l)))
                open.Enqueue(link);
        }

        return forms;
    }

    /// <param name="Value">As the page has it; null: not sent unless chosen.</param>
    private sealed record Field(string Name, string Type, string? Value);

    private sealed partial record Form(string Page, string Action, IReadOnlyList<Field> Fields)
    {
        public string Kind => $"{Page} → {Action}";

        /// <returns>Null: it sends nothing, or signs out.</returns>
        public static Form? Read(string page, string path, string form)
        {
            var open = form[..(form.IndexOf('>', StringComparison.Ordinal) + 1)];
            var action = Attribute(open, "action") is { Length: > 0 } given ? given : path;
            if (Attribute(open, "method") != "post" || action == "/console/sign-out")
                return null;
            List<Field> fields = [];
            foreach (var input in Inputs().Matches(form).Select(m => m.Value).Where(i => Attribute(i, "name").Length > 0 && Attribute(i, "type") is not ("file" or "submit")))
            {
                var type = input.StartsWith("<input", StringComparison.Ordinal) ? Attribute(input, "type") is { Length: > 0 } told ? told : "text" : input.StartsWith("<select", StringComparison.Ordinal) ? "select" : "textarea";
                fields.Add(new(Attribute(input, "name"), type, type switch
                {
                    "checkbox" or "radio" => input.Contains(" checked", StringComparison.Ordinal) ? Attribute(input, "value") : null,
                    "select" => Chosen().Match(input) is { Success: true } chosen ? WebUtility.HtmlDecode(chosen.Groups[1].Value + chosen.Groups[2].Value) : "",
                    "textarea" => WebUtility.HtmlDecode(Regex.Match(input, ">(.*)<", RegexOptions.Singleline).Groups[1].Value).TrimStart('\r', '\n'),
                    _ => Attribute(input, "value"),
                }));
            }

            return new(page, action, fields);
        }

        private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);

        [GeneratedRegex("<input\\b[^>]*>|<textarea\\b.*?</textarea>|<select\\b.*?</select>", RegexOptions.Singleline)]
        private static partial Regex Inputs();

        [GeneratedRegex("<option[^>]*\\bselected[^>]*\\bvalue=\"([^\"]*)\"|<option[^>]*\\bvalue=\"([^\"]*)\"[^>]*\\bselected")]
        private static partial Regex Chosen();
    }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("href=\"(/console[^\"#]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Parameter();
}
