using System.Reflection;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Bot.Host.Pages.Console;

/// <summary>A form that no page of ours can have sent is refused. One that is sent twice acts once; the second time gives what the first gave. Forms bring the key along by themselves (<see cref="FormTagHelper"/>).</summary>
internal sealed partial class FormOnceFilter(IFormOnce once, ITempDataDictionaryFactory tempData, TimeProvider clock, ILogger<FormOnceFilter> log) : IAsyncPageFilter
{
    // Well inside the minute after which a key is anybody's.
    private static readonly TimeSpan s_renewed = TimeSpan.FromSeconds(15);

    public const string Field = "_once";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !IsOurs(context))
        {
            context.Result = new BadRequestResult();
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method) || context.HandlerInstance is not ConsolePage page
            || context.HandlerMethod?.MethodInfo.GetCustomAttribute<RepeatableAttribute>() is not null)
        {
            await next();
            return;
        }

        if (!http.Request.HasFormContentType || !Guid.TryParse(http.Request.Form[Field], out var key))
        {
            context.Result = new BadRequestResult();
            return;
        }

        try
        {
            if (await once.ClaimAsync(key, page.Me.Id, http.RequestAborted) is { } first)
            {
                if (first.Toast is not null)
                    tempData.GetTempData(http)[ConsolePage.ToastKey] = first.Toast;
                context.Result = new RedirectResult(first.Location);
                return;
            }
        }
        catch (TimeoutException)
        {
            // The first of them is not done yet.
            context.Result = new StatusCodeResult(StatusCodes.Status409Conflict);
            return;
        }

        // Not the request's own token: whoever went away must not leave the key behind.
        PageHandlerExecutedContext done;
        using (var over = new CancellationTokenSource())
        {
            var renewing = RenewAsync(key, over.Token);
            done = await next();
            await over.CancelAsync();
            await renewing;
        }

        await KeepAsync(key, done.Exception is null && done.Result is RedirectResult redirect
            ? once.DoneAsync(key, new(redirect.Url, tempData.GetTempData(http).Peek(ConsolePage.ToastKey) as string), CancellationToken.None)
            : once.ReleaseAsync(key, CancellationToken.None));
    }

    private async Task RenewAsync(Guid key, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(s_renewed, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested)
                await KeepAsync(key, once.RenewAsync(key, CancellationToken.None));
        }
    }

    // What came of the form is decided: a database that is away for a moment must not tell its sender something else.
    private async Task KeepAsync(Guid key, Task kept)
    {
        try
        {
            await kept;
        }
        catch (Exception e)
        {
            LogNotKept(e, key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key {Key} of a form was not kept: should the form be sent again after a minute, it acts again")]
    private partial void LogNotKept(Exception e, Guid key);

    // Left empty is not wrong: the handler has a word for it.
    private static bool IsWrong(ModelStateEntry? sent) => sent is { ValidationState: ModelValidationState.Invalid, AttemptedValue.Length: > 0 };

    // Numbers, times and switches our forms filled in: the handler would act on what nothing means in their place, or on none where one was meant.
    private static bool IsOurs(PageHandlerExecutingContext context) =>
        context.HandlerMethod?.Parameters.Any(p => p.ParameterType.IsValueType && IsWrong(context.ModelState[p.Name])) != true
        && !context.ActionDescriptor.BoundProperties.OfType<PageBoundPropertyDescriptor>().Any(p =>
            p.ParameterType.IsValueType && IsWrong(context.ModelState[p.BindingInfo?.BinderModelName ?? p.Name]) && p.Property.GetCustomAttribute<ToldAttribute>() is null)
        && !context.HttpContext.Items.ContainsKey(typeof(SwitchBinder));
}
