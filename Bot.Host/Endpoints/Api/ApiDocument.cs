using Microsoft.OpenApi;

namespace Bot.Host.Endpoints.Api;

/// <summary>What the description says beyond the shapes of bodies, and where it would say them wrongly.</summary>
internal static class ApiDocument
{
    // As they are read from the query when the body is a file.
    private static readonly (string Name, string Words)[] s_besideFile =
    [
        ("template", "模板代码或 template_id"), ("url", "点开后的网页"), ("reference", "调用方自己的编号，最多 128 个字符"), ("scheduledAt", "预定时间，带时区"), ("expiresAt", "有效期至，带时区"),
    ];

    public static void Complete(OpenApiOperation operation, string? method)
    {
        operation.RequestBody?.Content?.Remove(ApiServices.AnyType);
        foreach (var limit in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.Name == "limit") ?? [])
            limit.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" };
        foreach (var (type, body) in operation.RequestBody?.Content?.Where(c => c.Key is not "application/json") ?? [])
            body.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = type is SendBulk.Workbook ? "binary" : null };
        Tell(operation, "429", "Retry-After", "再次请求前应等待的秒数", JsonSchemaType.Integer);
        Tell(operation, "503", "Retry-After", "再次请求前应等待的秒数", JsonSchemaType.Integer);
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

    public static void AddFileParameters(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        foreach (var (name, words) in s_besideFile)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = $"{words}；请求是 CSV 或 XLSX 时写在这里", Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    /// <summary>Numbers are numbers; of what a caller sends only some is required; a problem tells what is wrong by field and row.</summary>
    public static void Mend(OpenApiSchema schema, Type type)
    {
        if (schema.Type is { } kinds && kinds.HasFlag(JsonSchemaType.Integer))
            (schema.Type, schema.Pattern) = (kinds & ~JsonSchemaType.String, null);
        if (type == typeof(SingleBody))
            schema.Required = new HashSet<string> { "template", "openid", "data" };
        else if (type == typeof(BulkBody))
            schema.Required = new HashSet<string> { "template", "recipients" };
        else if (type == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object, Description = "按字段说明问题",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }
    }

    private static void Tell(OpenApiOperation operation, string status, string header, string words, JsonSchemaType type)
    {
        if (operation.Responses?.TryGetValue(status, out var found) != true || found is not OpenApiResponse response)
            return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[header] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = type } };
    }
}
