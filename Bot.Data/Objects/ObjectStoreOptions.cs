namespace Bot.Data.Objects;

/// <summary>An S3-compatible store; without an endpoint everything stays in the database.</summary>
public sealed record ObjectStoreOptions
{
    public const string Section = "ObjectStore";

    /// <summary>Such as <c>https://oss.example.gov.cn</c>; the bucket follows in the path.</summary>
    public string Endpoint { get; init; } = "";

    public string Region { get; init; } = "us-east-1";
    public string Bucket { get; init; } = "";
    public string AccessKey { get; init; } = "";
    public string SecretKey { get; init; } = "";
}
