using System.Reflection;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Bot.Host.Pages.Console;

/// <summary>A form that is sent twice acts once; the second time gives what the first gave. Forms bring the key along by themselves (<see cref="FormTagHelper"/>).</summary>
internal sealed class FormOnceFilter(IFormOnce once, ITempDataDictionaryFactory tempData) : IAsyncPageFilter
{
    public const string Field = "_once";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
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

        if (await once.ClaimAsync(key, page.Me.Id, http.RequestAborted) is { } first)
        {
            if (first.Toast is not null)
                tempData.GetTempData(http)[ConsolePage.ToastKey] = first.Toast;
            context.Result = new RedirectResult(first.Location);
            return;
        }

        // Not the request's own token: whoever went away must not leave the key behind.
        var done = await next();
        if (done.Exception is null && done.Result is RedirectResult redirect)
            await once.DoneAsync(key, new(redirect.Url, tempData.GetTempData(http).Peek(ConsolePage.ToastKey) as string), CancellationToken.None);
        else
            await once.ReleaseAsync(key, CancellationToken.None);
    }
}
