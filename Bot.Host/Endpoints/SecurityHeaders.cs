namespace Bot.Host.Endpoints;

/// <summary>What browsers are told not to do with our pages. The callback is answered before this, as no browser reads it.</summary>
internal static class SecurityHeaders
{
    // Nothing inline and nothing from elsewhere; pictures that a page makes itself (data:, blob:) are previews.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    extension(IApplicationBuilder app)
    {
        public void UseSecurityHeaders() => app.Use((context, next) =>
        {
            // As the answer starts, not now: an error clears what was set before it.
            context.Response.OnStarting(Set, context.Response.Headers);
            return next(context);
        });
    }

    private static Task Set(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = Permissions;

        // A page that has a policy of its own keeps it: the simulator shows pictures from anywhere.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentPolicy;
        return Task.CompletedTask;
    }
}
