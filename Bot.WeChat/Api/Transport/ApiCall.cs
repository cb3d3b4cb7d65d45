namespace Bot.WeChat.Api;

/// <summary>One API of the platform and how it may be called.</summary>
/// <param name="Path">Below the base address, without a query; also its name in logs and metrics.</param>
/// <param name="Repeatable">A double is harmless: a read, or a write that sets the same state again.</param>
/// <param name="Within">The whole call: every attempt and the waits between them.</param>
internal sealed record ApiCall(HttpMethod Method, string Path, bool Repeatable, TimeSpan Within)
{
    /// <summary>How long the callers of most APIs wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Up to 10 MB over an office's line.</summary>
    private static readonly TimeSpan MediaPatience = TimeSpan.FromSeconds(90);

    /// <summary>A repeatable call gives up a silent attempt after this, so that another one fits in.</summary>
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);

    public TimeSpan AttemptWithin(bool repeatable) => repeatable && Within <= Patience ? Attempt : Within;

    public static ApiCall Get(string path) => new(HttpMethod.Get, path, Repeatable: true, Patience);

    /// <summary>A GET that changes something, such as spending a one-time code.</summary>
    public static ApiCall GetOnce(string path) => new(HttpMethod.Get, path, Repeatable: false, Patience);

    /// <summary>A POST that only reads, or that may be done twice.</summary>
    public static ApiCall Repeat(string path) => new(HttpMethod.Post, path, Repeatable: true, Patience);

    /// <summary>A POST whose double would be noticed.</summary>
    public static ApiCall Once(string path) => new(HttpMethod.Post, path, Repeatable: false, Patience);

    public ApiCall ForMedia() => this with { Within = MediaPatience };
}
