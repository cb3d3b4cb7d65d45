namespace Bot.Data.Objects;

/// <summary>Where large files lie when they are not to lie in the database.</summary>
public interface IObjectStore
{
    /// <param name="key">1 to 200 characters: letters, digits, <c>/</c> and <c>-</c>. What lies there is replaced.</param>
    Task PutAsync(string key, string contentType, byte[] content, CancellationToken ct);

    /// <returns>Null when there is none.</returns>
    Task<byte[]?> GetAsync(string key, CancellationToken ct);

    /// <summary>Also when there is none.</summary>
    Task DeleteAsync(string key, CancellationToken ct);
}

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
