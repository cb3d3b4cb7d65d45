using System.Net;
using System.Reflection;
using Bot.Data.Staff;
using Bot.Handlers.Jobs;
using Bot.Host.Content;
using Bot.Host.Pages.Console;
using Bot.Tests.House;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>Every page of the console with everybody: who may come gets in, and nobody else.</summary>
public sealed class RouteWalkTests
{
    private TestHost host = null!;
    private (string Path, Type Page)[] pages = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        pages = [.. (await RoutesTests.AllAsync(host.Services)).Where(IsClosed).Select(route => (Address(route), route.Metadata.GetRequiredMetadata<CompiledPageActionDescriptor>().ModelTypeInfo!.AsType()))];
    }

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    internal static bool IsClosed(RouteEndpoint route) =>
        route.RoutePattern.RawText!.TrimStart('/').StartsWith("console", StringComparison.Ordinal) && route.Metadata.GetMetadata<IAllowAnonymous>() is null
        && route.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not null;

    // A number that nothing has: a page of something then says that it was not found, to whoever may ask.
    internal static string Address(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { IsOptional: var optional } ? optional ? "" : "999999999" : string.Concat(segment.Parts.Select(part => ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)part).Content)))).TrimEnd('/');

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
    }

    [Test]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var client = host.Visitor();
        foreach (var (path, _) in pages)
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
    public async Task A_period_at_the_end_of_the_calendar_breaks_no_page()
    {
        using var client = await host.SignInAsync("admin");
        List<string> walked = [];
        foreach (var (path, page) in pages.Where(p => p.Page.GetProperties().Any(Is_a_day)))
        {
            var days = page.GetProperties().Where(Is_a_day).Select(property => property.Name).ToArray();
            foreach (var query in new[] { "0001-01-01", "9999-12-31" }.Select(day => string.Join('&', days.Select(name => $"{name}={day}"))))
            {
                foreach (var address in new[] { $"{path}?{query}", $"{path}?{query}&handler=Export" })
                {
                    using var answer = await client.GetAsync(address);
                    Assert.That((int)answer.StatusCode, Is.LessThan(500), address);
                    walked.Add(address);
                }
            }
        }

        Assert.That(walked, Has.Count.GreaterThan(8));

        static bool Is_a_day(PropertyInfo property) =>
            (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateOnly) && property.GetCustomAttribute<Microsoft.AspNetCore.Mvc.BindPropertyAttribute>() is not null;
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
