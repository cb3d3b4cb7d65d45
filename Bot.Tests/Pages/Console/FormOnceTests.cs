using Bot.Data.Staff;
using Bot.Host.Pages.Console;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>The key of a form while the database comes and goes.</summary>
public sealed class FormOnceTests
{
    [Test]
    public async Task A_database_that_is_away_while_a_form_is_at_work_changes_nothing_of_its_answer()
    {
        FakeTimeProvider clock = new();
        AwayForNow once = new();
        DefaultHttpContext http = new();
        http.Request.Method = HttpMethods.Post;
        http.Request.Form = new FormCollection(new Dictionary<string, StringValues> { [FormOnceFilter.Field] = Guid.NewGuid().ToString() });
        http.Items[typeof(StaffSession)] = new StaffSession(1, new(7, "shouli", "李敏", [], null), SignInStage.Open);
        PageContext page = new(new ActionContext(http, new RouteData(), new CompiledPageActionDescriptor { BoundProperties = [] }));
        SomePage instance = new() { PageContext = page };
        FormOnceFilter filter = new(once, new TempData(), clock, NullLogger<FormOnceFilter>.Instance);

        PageHandlerExecutedContext? done = null;
        PageHandlerExecutingContext asked = new(page, [], null, new Dictionary<string, object?>(), instance);
        await filter.OnPageHandlerExecutionAsync(asked, async () =>
        {
            // Long at work: the key is renewed twice, of which the first fails.
            for (var renewed = 1; renewed <= 2; renewed++)
            {
                while (once.Renewals < renewed)
                {
                    clock.Advance(TimeSpan.FromSeconds(15));
                    await Task.Delay(1);
                }
            }

            return done = new(page, [], null, instance) { Result = new RedirectResult("/console/done") };
        });

        Assert.That((done!.Exception, asked.Result), Is.EqualTo(((Exception?)null, (IActionResult?)null)), "the sender gets what the handler said");
        Assert.That(once.Renewals, Is.GreaterThanOrEqualTo(2), "one that failed is not the last");
        Assert.That(once.Outcome, Is.EqualTo("/console/done"), "and a second click gives the same");
    }

    private sealed class SomePage : ConsolePage
    {
        public override string Title => "";
    }

    private sealed class AwayForNow : IFormOnce
    {
        public int Renewals { get; private set; }

        public string? Outcome { get; private set; }

        public Task<FormOutcome?> ClaimAsync(Guid key, long staff, CancellationToken ct) => Task.FromResult<FormOutcome?>(null);

        public Task RenewAsync(Guid key, CancellationToken ct) =>
            ++Renewals == 1 ? Task.FromException(new TimeoutException("away")) : Task.CompletedTask;

        public Task DoneAsync(Guid key, FormOutcome outcome, CancellationToken ct)
        {
            Outcome = outcome.Location;
            return Task.CompletedTask;
        }

        public Task ReleaseAsync(Guid key, CancellationToken ct) => Task.CompletedTask;

        public Task ForgetAsync(DateTimeOffset time, CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class TempData : ITempDataDictionaryFactory, ITempDataProvider
    {
        public ITempDataDictionary GetTempData(HttpContext context) => new TempDataDictionary(context, this);

        public IDictionary<string, object> LoadTempData(HttpContext context) => new Dictionary<string, object>();

        public void SaveTempData(HttpContext context, IDictionary<string, object> values)
        {
        }
    }
}
