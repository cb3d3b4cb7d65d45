namespace Bot.Host.Endpoints;

/// <summary>No text in the database holds a zero character, and nobody types one: an address with one in its query is refused before it is looked for.</summary>
internal static class ZeroBytes
{
    extension(IApplicationBuilder app)
    {
        public void RefuseZeroBytes() => app.Use((context, next) =>
        {
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
    }
}
