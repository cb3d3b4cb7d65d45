using Bot.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace Bot.Host.Endpoints.Api;

/// <summary>What the REST API needs: keys, their rates, and a description.</summary>
internal static class ApiServices
{
    /// <summary>The policy of authorization and of the rate.</summary>
    public const string Policy = "api";

    /// <summary>Any body reaches the handler, which answers 415 itself: routing would do so before it is known who asks. Not in the description.</summary>
    public const string AnyType = "*/*";

    private const string Description = "v1";

    extension(IServiceCollection services)
    {
        public void AddApi()
        {
            services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
            services.AddSingleton<ApiTeam>().AddSingleton<Spool>().AddSingleton<BulkRoom>();
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null);
            services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.Name).RequireAuthenticatedUser());
            services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy<string, ApiRate>(Policy));
            services.AddOpenApi(Description, api =>
            {
                api.ShouldInclude = described => described.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
                api.AddOperationTransformer((operation, context, _) =>
                {
                    ApiDocument.Complete(operation, context.Description.HttpMethod);
                    if (context.Description.RelativePath?.EndsWith("/bulk", StringComparison.Ordinal) == true)
                        ApiDocument.AddFileParameters(operation);
                    return Task.CompletedTask;
                });
                api.AddSchemaTransformer((schema, context, _) =>
                {
                    ApiDocument.Mend(schema, context.JsonTypeInfo.Type);
                    return Task.CompletedTask;
                });
                api.AddDocumentTransformer((document, _, _) =>
                {
                    document.Info = new() { Title = "通知接口", Version = "1", Description = "出错时返回 application/problem+json。" };
                    document.Components ??= new();
                    document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                    document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
                    document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                    return Task.CompletedTask;
                });
            });
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapApi()
        {
            app.MapNoticeApi();
            app.MapTemplateApi();
            app.MapOpenApi("/openapi/{documentName}.json");
        }
    }
}
