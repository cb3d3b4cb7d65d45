using Microsoft.OpenApi;

namespace Bot.Host.Endpoints.Api;

/// <summary>What the description says beyond the shapes of bodies: headers.</summary>
internal static class ApiDocument
{
    public static void Complete(OpenApiOperation operation, string? method)
    {
        operation.RequestBody?.Content?.Remove(ApiServices.AnyType);
        Tell(operation, "429", "Retry-After", "再次请求前应等待的秒数", JsonSchemaType.Integer);
        Tell(operation, "401", "WWW-Authenticate", "Bearer", JsonSchemaType.String);
        Tell(operation, "201", "Location", "通知的地址", JsonSchemaType.String);
        Tell(operation, "202", "Location", "通知的地址", JsonSchemaType.String);
        if (method != HttpMethods.Post || operation.RequestBody is null)
            return;
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Idempotency-Key", In = ParameterLocation.Header, Description = "相同的键和内容得到相同的答复，不会重复发送；请每次都带上",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
        });
    }

    private static void Tell(OpenApiOperation operation, string status, string header, string words, JsonSchemaType type)
    {
        if (operation.Responses?.TryGetValue(status, out var found) != true || found is not OpenApiResponse response)
            return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[header] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = type } };
    }
}
