using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Bot.Host.Endpoints;

/// <summary>No text in the database holds a zero character, and nobody types one: what brings one is refused before it is looked for or kept.</summary>
internal static class ZeroBytes
{
    extension(IApplicationBuilder app)
    {
        /// <summary>In an address. Behind what dresses a bare status.</summary>
        public void RefuseZeroBytes() => app.Use((context, next) =>
        {
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
    }

    /// <summary>In a form, of whichever page.</summary>
    internal sealed class InForms : IAsyncResourceFilter
    {
        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            var http = context.HttpContext;
            // The page that says sorry is shown in answer to the same form.
            if (http.Request.HasFormContentType && http.Features.Get<IStatusCodeReExecuteFeature>() is null && await HoldsOneAsync(http))
                context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
            else
                await next();
        }

        private static async Task<bool> HoldsOneAsync(HttpContext http)
        {
            try
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                return form.Any(field => IsIn(field.Key) || field.Value.Any(IsIn)) || form.Files.Any(file => IsIn(file.FileName));
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                return false;                               // too large, or broken off: the page says so in its own words
            }
        }

        private static bool IsIn(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
    }
}
