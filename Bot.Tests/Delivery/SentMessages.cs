using System.Collections.Concurrent;
using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Tests.Delivery;

/// <summary>The platform's customer-service messages: takes them, or refuses them all.</summary>
internal sealed class SentMessages : ICustomerMessages
{
    private readonly ConcurrentQueue<string> _sent = new();
    private TaskCompletionSource? _gate;
    private int _refused;
    private int _sending;

    public bool Refuses { get; set; }

    public int Refused => _refused;

    public string[] Sent => [.. _sent];

    public int Sending => _sending;

    /// <summary>Lets every message wait until the gate is opened.</summary>
    public TaskCompletionSource HoldUp() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ApiResult<Done>> SendAsync(OpenId to, CustomerMessage message, CancellationToken ct, string? agent = null)
    {
        if (Refuses)
        {
            Interlocked.Increment(ref _refused);
            return new ApiError(45015, "response out of time limit", null, ErrorClass.DropRecipient);
        }

        Interlocked.Increment(ref _sending);
        await (_gate?.Task ?? Task.CompletedTask).WaitAsync(ct);
        _sent.Enqueue(((CustomerMessage.Text)message).Content);
        return default(Done);
    }

    public Task<ApiResult<Done>> TypingAsync(OpenId to, bool typing, CancellationToken ct) => throw new NotSupportedException();
}
