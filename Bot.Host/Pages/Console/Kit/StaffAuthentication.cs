using System.Runtime.ExceptionServices;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Host.Endpoints;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console;

/// <summary>The cookie of a signed-in browser: a random key that the session table knows. Nothing in it to forge, and it can be revoked.</summary>
public sealed class StaffAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Staff";
    internal const string Cookie = "staff";
    private const int LongestPage = 128;

    /// <summary>The header by which console.js marks what a page asks for by itself.</summary>
    public const string Poll = "X-Poll";

    /// <summary>The session of this request, also one that is not open yet; null for nobody.</summary>
    public static async Task<StaffSession?> SessionOfAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(StaffSession), out var known))
            return (StaffSession?)known;
        var session = context.Request.Cookies[Cookie] is { Length: > 0 } key
            ? await context.RequestServices.GetRequiredService<IStaffSessions>().FindAsync(key, TimeSpan.FromMinutes(context.RequestServices.GetRequiredService<ConsoleOptions>().IdleMinutes), uses: !AsksByItself(context.Request), context.RequestAborted)
            : null;
        context.Items[typeof(StaffSession)] = session;
        return session;
    }

    /// <summary>Whether the session that began a long answer is open still.</summary>
    public static async Task<bool> IsStillOpenAsync(HttpContext context, CancellationToken ct) => context.Request.Cookies[Cookie] is { Length: > 0 } key
        && await context.RequestServices.GetRequiredService<IStaffSessions>().FindAsync(key, TimeSpan.FromMinutes(context.RequestServices.GetRequiredService<ConsoleOptions>().IdleMinutes), uses: false, ct) is { Stage: SignInStage.Open };

    /// <summary>This browser was signed in, and is no more.</summary>
    public static async Task<bool> IsLapsedAsync(HttpContext context) => context.Request.Cookies.ContainsKey(Cookie) && await SessionOfAsync(context) is null;

    // A stream comes again by itself, and pictures with the part that was fetched; neither can send a header of ours.
    private static bool AsksByItself(HttpRequest request) =>
        request.Headers.ContainsKey(Poll) || request.Headers.Accept == "text/event-stream" || request.Headers["Sec-Fetch-Dest"] == "image";

    // Lax, not strict: a link in a chat or a mail opens the page. Everything that changes something is a form with a token.
    public static void Give(HttpContext context, string key)
    {
        context.Response.Cookies.Append(Cookie, key, new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = ConsoleRoutes.Home,
        });
        // Whatever strangers send from behind the same address, this one is let through.
        context.RequestServices.GetRequiredService<KeyBrake>().Know(key);
    }

    public static void Take(HttpContext context) => context.Response.Cookies.Delete(Cookie, new() { Path = ConsoleRoutes.Home });

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        StaffSession? session;
        try
        {
            session = await SessionOfAsync(Context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Thrown where somebody needs to know who it is. Thrown from here, it would be so once more at the page that says sorry for it.
            return AuthenticateResult.Fail(e);
        }

        if (session is not { Stage: SignInStage.Open, Member: var member })
            return AuthenticateResult.NoResult();
        ClaimsIdentity identity = new(
            [new(ClaimTypes.Name, member.Name), .. member.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString()))], Scheme.Name);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name));
    }

    // Whoever only opens a page by its address is told. Whoever sends a form that no page shows them has tried something.
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (!HttpMethods.IsPost(Request.Method) || await SessionOfAsync(Context) is not { Member: var member })
            return;
        var page = Request.Path.Value!;
        await Context.RequestServices.GetRequiredService<IAuditLog>().WriteAsync(
            new(member.Name, "staff.act_refused", "page", page.Length > LongestPage ? page[..LongestPage] : page), Context.RequestAborted);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is { } fault)
            ExceptionDispatchInfo.Throw(fault);
        // The page stays as it is, with what is written in it; console.js tells, and offers the sign-in beside it.
        if (Request.Headers.ContainsKey("HX-Request"))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Response.Redirect(ConsoleRoutes.StageOf((await SessionOfAsync(Context))?.Stage, BackTo()));
    }

    // Of a form the page that showed it, where console.js puts back what was typed.
    private string BackTo()
    {
        if (HttpMethods.IsGet(Request.Method))
            return $"{Request.Path}{Request.QueryString}";
        var (path, query) = Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == Request.Host.Value
            ? (page.AbsolutePath, page.Query) : (Request.Path.ToString(), Request.QueryString.Value);
        return $"{path}{QueryString.Create(QueryHelpers.ParseQuery(query).Where(part => part.Key != "handler"))}";
    }
}
