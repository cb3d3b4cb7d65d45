using System.Net;
using System.Reflection;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Bot.Handlers.Jobs;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Bot.Tests.House;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Every page of the console with everybody: who may come gets in, and nobody else.</summary>
public sealed class RouteWalkTests
{
    private TestHost host = null!;
    private (string Path, Type Page)[] pages = null!;

    // What is beside the pages and gives a file, a picture or a stream, and whom it admits.
    private (string Path, Predicate<StaffMember> Admits)[] doors = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        var routes = await RoutesTests.AllAsync(host.Services);
        doors = [.. routes.Where(IsBeside).Select(Beside), .. routes.Where(IsClosed).SelectMany(Given)];
        pages = [.. routes.Where(IsClosed).Select(route => (Address(route), route.Metadata.GetRequiredMetadata<CompiledPageActionDescriptor>().ModelTypeInfo!.AsType()))];
    }

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    internal static bool IsClosed(RouteEndpoint route) =>
        route.RoutePattern.RawText!.TrimStart('/').StartsWith("console", StringComparison.Ordinal) && route.Metadata.GetMetadata<IAllowAnonymous>() is null
        && route.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not null;

    private static bool IsBeside(RouteEndpoint route) =>
        route.RoutePattern.RawText!.TrimStart('/').StartsWith("console", StringComparison.Ordinal) && route.Metadata.GetMetadata<PageActionDescriptor>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null
        && route.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: ["GET"] };

    private static (string, Predicate<StaffMember>) Beside(RouteEndpoint route) =>
        (Address(route), route.Metadata.GetOrderedMetadata<IAuthorizeData>().OfType<StaffOnlyAttribute>().ToArray() is { Length: > 0 } only ? member => only.All(o => o.Admits(member)) : _ => throw new AssertionException($"{route.RoutePattern.RawText} does not say who may come"));

    private static IEnumerable<(string, Predicate<StaffMember>)> Given(RouteEndpoint route)
    {
        var page = route.Metadata.GetRequiredMetadata<CompiledPageActionDescriptor>();
        return page.HandlerMethods.Where(h => h is { HttpMethod: "Get", Name.Length: > 0 }).Select(h => ($"{Address(route)}?handler={h.Name}&format=csv", (Predicate<StaffMember>)(member =>
            page.ModelTypeInfo!.GetCustomAttribute<StaffOnlyAttribute>()!.Admits(member) && h.MethodInfo.GetCustomAttribute<OnlyAttribute>()?.Roles.Any(role => member.Is(role)) != false)));
    }

    // A number that nothing has: a page of something then says that it was not found, to whoever may ask.
    internal static string Address(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        segment.Parts[0] is RoutePatternParameterPart parameter ? parameter.IsOptional ? "" : Nothings(parameter) : string.Concat(segment.Parts.Select(part => ((RoutePatternLiteralPart)part).Content)))).TrimEnd('/');

    private static string Nothings(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Select(p => p.Content).FirstOrDefault() switch
    {
        "guid" => Guid.Empty.ToString(),
        "length(32)" => new string('9', 32),
        _ => "999999999",
    };

    // A second officer of a department sees what the first does.
    internal static IEnumerable<string> Everybody() => DemoStaff.People.DistinctBy(person => (person.Department, string.Join(",", person.Roles))).Select(person => person.Name);

    [TestCaseSource(nameof(Everybody))]
    public async Task Each_gets_the_pages_of_their_roles_and_no_others(string name)
    {
        var person = DemoStaff.People.Single(p => p.Name == name);
        var member = new StaffMember(0, person.Name, person.DisplayName, person.Roles, person.Department);
        using var client = await host.SignInAsync(name);
        foreach (var (path, page) in pages)
        {
            using var answer = await client.GetAsync(path);
            if (page.GetCustomAttribute<StaffOnlyAttribute>()!.Admits(member))
            {
                Assert.That(answer.StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Redirect), path);
                Assert.That(System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Not.Contain("有内容需要修改"), $"{path} complains on a plain visit");
            }
            else
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }

        foreach (var (path, admits) in doors)
        {
            using var answer = await client.GetAsync(path);
            Assert.That(answer.StatusCode, admits(member) ? Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound) : Is.EqualTo(HttpStatusCode.Forbidden), path);
            if (path.StartsWith("/console/notices/999999999", StringComparison.Ordinal) && admits(member))
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }

    [Test]
    public async Task Photos_documents_and_changes_of_a_case_are_for_its_department_and_the_centre()
    {
        var (cases, desk) = (host.Services.GetRequiredService<ICases>(), host.Services.GetRequiredService<ICaseDesk>());
        var category = (await host.Services.GetRequiredService<ICaseCategories>().AllAsync(default)).First(c => c is { Kind: CaseKind.Complaint, Department: "chengguan" }).Code;
        var filed = await cases.FileAsync(new(Guid.NewGuid(), new("oWalker"), CaseKind.Complaint, category, "人民路路灯不亮", [], null, null, "", false, "", false), default);
        StaffMember centre = new(1, "shouli", "", [StaffRole.Agent], null);
        await desk.ActAsync(filed.Number, filed.Version, centre, new CaseAct.Accept(), default);
        await desk.ActAsync(filed.Number, (await desk.FindAsync(filed.Number, centre, default))!.File.Version, centre, new CaseAct.Dispatch("chengguan", null), default);
        var (photo, document) = (await KeepAsync(
            "insert into case_photo (case_id, run_id, media_id, video, status, content_type, content, thumbnail, sent_at) values ($1, gen_random_uuid(), 'm', false, 'kept', 'image/png', '\\x01', '\\x02', now()) returning id"),
            await KeepAsync("insert into case_document (case_id, name, type, size, content, added_by, added_at) values ($1, '答复.pdf', 'application/pdf', 1, '\\x03', 'shouli', now()) returning id"));
        var doors = new[] { $"?handler=Photo&id={photo}", $"?handler=Photo&id={photo}&small=true", $"?handler=Document&id={document}" };
        foreach (var (name, expected) in new[] { ("shouli", HttpStatusCode.OK), ("chengguan2", HttpStatusCode.OK), ("renshe", HttpStatusCode.NotFound) })
        {
            using var client = await host.SignInAsync(name);
            foreach (var door in doors)
            {
                using var answer = await client.GetAsync($"/console/cases/{filed.Number}{door}");
                Assert.That(answer.StatusCode, Is.EqualTo(expected), $"{name} {door}");
            }

            using var changed = await client.GetAsync($"/console/cases/{filed.Number}?handler=Changed&version=1");
            Assert.That(changed.StatusCode, Is.EqualTo(expected is HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.NoContent), name);
            using var another = await client.GetAsync($"/console/cases/TS20000101-0001-0?handler=Document&id={document}");
            Assert.That(another.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "under another case's number");
        }

        async Task<long> KeepAsync(string sql)
        {
            await using var command = host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
            command.Parameters.Add(new() { Value = filed.Id });
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [TestCase("/console/cases/statistics?handler=Export&format=csv", "case.export", "shouli")]
    [TestCase("/console/disclosures?handler=Export", "case.export", "shouli")]
    [TestCase("/console/policies?handler=Export&format=csv", "policy.export", "bianji")]
    public async Task What_leaves_the_house_is_written_down(string path, string act, string name)
    {
        using var client = await host.SignInAsync(name);
        using var answer = await client.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var found = await host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(name, act, null, null, null, null, 0, 50), default);
        Assert.That(found, Is.Not.Empty);
    }

    [Test]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var client = host.Visitor();
        foreach (var path in pages.Select(p => p.Path).Concat(doors.Select(d => d.Path)))
        {
            using var answer = await client.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), path);
            Assert.That(answer.Headers.Location!.ToString(), Does.StartWith("/console/sign-in"), path);
        }
    }

    [Test]
    public void Every_page_tells_who_may_come_and_is_built_like_the_others()
    {
        Assert.That(pages, Is.Not.Empty);
        foreach (var (path, page) in pages)
        {
            Assert.That(page.GetCustomAttribute<StaffOnlyAttribute>(inherit: false), Is.Not.Null, $"{path} has no [StaffOnly] of its own");
            Assert.That(page.IsSubclassOf(typeof(ConsolePage)), Is.True, path);
        }
    }

    [Test]
    public void The_menu_leads_to_pages_that_are_there_each_with_a_key_of_its_own()
    {
        Assert.That(ConsoleMenu.Entries.Select(e => (e.Path, e.Page)), Is.SubsetOf(pages));
        Assert.That(ConsoleMenu.Entries.Select(e => e.Key), Is.Unique);
    }

    [Test]
    public void Every_kind_of_job_has_a_name() =>
        Assert.That(host.Services.GetServices<IJobHandler>().Select(job => job.Kind), Is.SubsetOf(JobNames.All.Keys));

    [Test]
    public async Task A_form_without_its_hidden_fields_is_refused_on_every_page()
    {
        using var client = await host.SignInAsync("admin");
        foreach (var (path, _) in pages)
        {
            using var answer = await client.PostAsync(path, new FormUrlEncodedContent([]));
            Assert.That((int)answer.StatusCode, Is.InRange(400, 499), path);
        }
    }
}
