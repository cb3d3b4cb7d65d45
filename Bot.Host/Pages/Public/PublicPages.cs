using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Bot.Host.Endpoints;
using Bot.Host.Endpoints.Api;
using Bot.Host.Operation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.WebEncoders;

namespace Bot.Host.Pages.Public;

/// <summary>The pages for citizens, their files, and what stands in for a page that cannot be shown.</summary>
internal static class PublicPages
{
    /// <summary>The policy that limits how often one address may load pages.</summary>
    public const string RateLimit = "public";

    /// <summary>The policy that limits how many streams one address may hold open.</summary>
    public const string StreamLimit = "streams";

    /// <summary>Bytes of a form that anybody may send.</summary>
    public const int LargestForm = 16 * 1024;

    private const int FilesKept = 3600;                       // seconds
    private const int VersionedFilesKept = 365 * 24 * 3600;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddPublicPages()
        {
            services.AddRazorPages().AddMvcOptions(pages => pages.Filters.Add(new ZeroBytes.InForms()));
            // Over TLS, as the proxy tells, it travels over nothing else.
            services.AddAntiforgery(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
            services.AddSingleton<CommentRate>();
            services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
            services.Configure<RazorPagesOptions>(pages => Bound(pages.Conventions));
            return services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, Visitors.Limit).AddPolicy(StreamLimit, Visitors.LimitStreams).OnRejected = Visitors.TurnAway);
        }
    }

    extension(WebApplication app)
    {
        public void UsePublicPages()
        {
            // Not in a branch of its own: that would have no way back to the pages.
            app.UseStatusCodePagesWithReExecute("/sorry/{0}");
            app.Use(OnlyForReaders);
            app.UseWhen(IsApi, api => api.UseStatusCodePages(status =>
                ApiProblem.Of(status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext)));

            // An empty status, which the two above dress.
            app.AnswerFaults();
            app.RefuseZeroBytes();
            app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => Keep(file.Context) });
            // Not where the framework would put them by itself, before all of this: whoever is refused sees a page, too.
            app.Use(KeyGate.ServeAsync);
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseRateLimiter();
            app.UseWhen(IsPublic, pages => pages.Use(NotBeforeLoadedAsync));
            app.UseWhen(IsPage, pages => pages.Use(Freshness.ServeAsync));
            app.MapRazorPages();
            app.MapPolicyFiles();
        }
    }

    // A form is read whole before a page can say who sends it: where anybody may, it is a small one. A page that takes more says so itself.
    private static void Bound(PageConventionCollection pages)
    {
        foreach (var folder in (string[])["/Public", "/Console/SignIn"])
            pages.AddFolderApplicationModelConvention(folder, page => page.Filters.Insert(0, new RequestSizeLimitAttribute(LargestForm)));
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    private static bool IsPublic(HttpContext context) => context.Request.Path is var path
        && (path.StartsWithSegments("/p") || path.StartsWithSegments("/performance") || IsForm(path) || path.StartsWithSegments("/news") && !path.StartsWithSegments("/news/files"));

    // Files carry their own tag, and are too long to be held back. A page with a form is one visitor's own: nobody keeps it for another.
    private static bool IsPage(HttpContext context) => IsPublic(context) && !IsForm(context.Request.Path) && !context.Request.Path.Value!.Contains("/files/", StringComparison.Ordinal);

    private static bool IsForm(PathString path) => path.StartsWithSegments("/consultations") || path.StartsWithSegments("/surveys");

    // Programs get the bare status.
    private static Task OnlyForReaders(HttpContext context, RequestDelegate next)
    {
        if (IsApi(context) || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
        return next(context);
    }

    // What is not in memory yet is not missing.
    private static Task NotBeforeLoadedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.RequestServices.GetRequiredService<Readiness>().Loaded.IsCompleted)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Faults.Pause;
        return Task.CompletedTask;
    }

    private static void Keep(HttpContext context)
    {
        var versioned = context.Request.Query.ContainsKey("v");
        var seconds = (versioned ? VersionedFilesKept : FilesKept).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = $"public, max-age={seconds}{(versioned ? ", immutable" : "")}";
    }
}
