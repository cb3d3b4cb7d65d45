using System.Net;
using System.Runtime.CompilerServices;
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

    /// <summary>Keys that begin so and lie there since before <paramref name="before"/>, a page at a time; none where the account may not list the bucket.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> PagesAsync(string prefix, DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct)
    {
        for (string? next = ""; next is not null;)
        {
            ListObjectsV2Response page;
            try
            {
                page = await _client.ListObjectsV2Async(
                    new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix, ContinuationToken = next.Length == 0 ? null : next }, ct);
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.Forbidden)
            {
                yield break;
            }

            yield return [.. (page.S3Objects ?? []).Where(o => o.LastModified is { } at && at.ToUniversalTime() < before.UtcDateTime).Select(o => o.Key)];
            next = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
    }

    /// <summary>Also when there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken ct) => _client.DeleteObjectAsync(options.Bucket, key, ct);

    public void Dispose() => _client.Dispose();
}
