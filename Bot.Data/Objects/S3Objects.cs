using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Bot.Data.Objects;

/// <summary>Where large files lie when they are not to lie in the database.</summary>
internal sealed class S3Objects(ObjectStoreOptions options) : IDisposable
{
    private readonly AmazonS3Client _client = new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = options.Endpoint, AuthenticationRegion = options.Region, ForcePathStyle = true, Timeout = TimeSpan.FromSeconds(20), MaxErrorRetry = 2,
            // Stores that are not Amazon's know the older ways only.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    /// <param name="key">1 to 200 characters: letters, digits, <c>/</c> and <c>-</c>. What lies there is replaced.</param>
    public async Task PutAsync(string key, string contentType, byte[] content, CancellationToken ct)
    {
        using var stream = new MemoryStream(content, writable: false);
        await _client.PutObjectAsync(
            new PutObjectRequest { BucketName = options.Bucket, Key = key, ContentType = contentType, InputStream = stream, UseChunkEncoding = false }, ct);
    }

    /// <returns>Null when there is none.</returns>
    public async Task<byte[]?> GetAsync(string key, CancellationToken ct)
    {
        try
        {
            using var found = await _client.GetObjectAsync(options.Bucket, key, ct);
            using var content = new MemoryStream();
            await found.ResponseStream.CopyToAsync(content, ct);
            return content.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Also when there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken ct) => _client.DeleteObjectAsync(options.Bucket, key, ct);

    public void Dispose() => _client.Dispose();
}
