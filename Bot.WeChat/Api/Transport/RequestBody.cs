using System.Net;

namespace Bot.WeChat.Api;

/// <summary>Something to send; makes a new content for every attempt.</summary>
internal abstract class RequestBody : IDisposable
{
    /// <summary>Set when an attempt broke off: its write may still read our memory, so that is left to the collector.</summary>
    public bool Broken { get; set; }

    public abstract SentContent Open();

    /// <summary>Called when the call is over, repeats included.</summary>
    public abstract void Dispose();
}

/// <summary>A content that knows whether any of it was handed to the connection; before that, nothing can have happened there.</summary>
internal abstract class SentContent : HttpContent
{
    public bool Started { get; private set; }

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        return WriteAsync(stream, cancellationToken);
    }

    protected abstract Task WriteAsync(Stream stream, CancellationToken ct);
}
