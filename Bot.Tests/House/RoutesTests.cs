using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class RoutesTests
{
    // Signed by the platform; the endpoint checks it itself.
    private static readonly string[] s_signed = ["GET /wechat/callback", "POST /wechat/callback"];

    // Open to everybody on purpose. A new route belongs here only when somebody decided so; else it asks who is there.
    internal static readonly string[] Public =
    [
        "GET /health/live",
        "GET /health/ready",
        "GET /health",
        "* /metrics",
        "* /p",
        "* /p/{id}",
        "* /p/{id}/versions/{version:int}",
        "GET /p/{id}/files/{file:long}/{name?}",
        "* /sorry/{status:int}",
        "* /my-data/{key}",
        "* /b/{number}/{signature}",
        "GET /b/{number}/{signature}/code.png",
        "GET /b/{number}/{signature}/visit.ics",
        "* /answers/{number}/{until:long}/{signature}",
        "GET /answers/{number}/{until:long}/{signature}/{id:long}/{name?}",
        "* /halls/{branch}/screen",
        "GET /halls/{branch}/events",
        "* /news",
        "* /news/{id:long}",
        "GET /news/feeds/{column}.atom",
        "GET /news/feeds/{column}.rss",
        "GET /news/files/{id:length(32)}",
        "GET /sitemap.xml",
        "* /performance",
        "GET /performance.json",
        "GET /performance.csv",
        "GET /robots.txt",
        "* /surveys",
        "* /surveys/{id:long}",
        "* /suggestions",
        "* /consultations",
        "* /consultations/{id:long}/{key?}",
        "* /cases",
        "* /cases/{number}",
        "GET /open311/v2/discovery.{format:regex(^(json|xml)$)}", "GET /open311/v2/services.{format:regex(^(json|xml)$)}",
        "GET /open311/v2/services/{code}.{format:regex(^(json|xml)$)}",
        "GET /open311/v2/requests.{format:regex(^(json|xml)$)}",
        "GET /open311/v2/requests/{id}.{format:regex(^(json|xml)$)}",
        "POST /open311/v2/requests.{format:regex(^(json|xml)$)}",
        // Signing in, step by step; each looks itself whom it has before it.
        "* /console/sign-in", "* /console/sign-in/code", "* /console/sign-in/second-factor", "* /console/sign-in/password", "* /console/sign-out",
        "GET /openapi/{documentName}.json",
    ];

    [Test]
    public async Task Every_route_is_signed_public_on_purpose_or_asks_who_is_there()
    {
        await using var host = await Endpoints.Callback.HostAsync(Bot.WeChat.WeChatMode.Safe, null, null, ("Bot:Demo", "false"));
        var routes = await AllAsync(host.Services);
        var open = routes.Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null || route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .SelectMany(Names).Distinct().ToArray();

        Assert.That(open.Except(s_signed).Except(Public), Is.Empty, "decide whether these are public");
        Assert.That(s_signed.Concat(Public).Except(open), Is.Empty, "the list names routes that are gone");

        // Who sends a form is known once it was read: where anybody may send one, it is small.
        foreach (var route in routes.Where(route => Names(route).Any(name => Public.Contains(name) && !name.StartsWith("GET ", StringComparison.Ordinal) && name != "* /metrics")))
        {
            var bound = route.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page
                ? (IRequestSizeLimitMetadata?)page.FilterDescriptors.Select(f => f.Filter).OfType<RequestSizeLimitAttribute>().LastOrDefault() : route.Metadata.GetMetadata<IRequestSizeLimitMetadata>();
            Assert.That(bound?.MaxRequestBodySize, Is.Not.Null.And.AtMost(256 * 1024), route.RoutePattern.RawText);
        }
    }

    /// <summary>Every endpoint with all that it demands: a page tells only when it is loaded.</summary>
    internal static async Task<RouteEndpoint[]> AllAsync(IServiceProvider services)
    {
        List<RouteEndpoint> routes = [];
        foreach (var route in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            routes.Add(route.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? (RouteEndpoint?)(await services.GetRequiredService<PageLoader>().LoadAsync(page, route.Metadata)).Endpoint ?? route
                : route);
        }

        return [.. routes];
    }

    private static IEnumerable<string> Names(RouteEndpoint route)
    {
        var pattern = "/" + route.RoutePattern.RawText!.TrimStart('/');
        return route.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods }
            ? methods.Select(method => $"{method} {pattern}")
            : [$"* {pattern}"];
    }
}
