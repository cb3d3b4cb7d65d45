using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Tests.Messages;

/// <summary>Customer-service messages that end as the test says; else well.</summary>
internal sealed class ScriptedDesk : ICustomerMessages
{
    public List<string> Said { get; } = [];

    public Queue<ApiResult<Done>> Answers { get; } = [];

    /// <summary>Happens while the platform is at it.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public Task<ApiResult<Done>> SendAsync(OpenId to, CustomerMessage message, CancellationToken ct, string? agent = null)
    {
        Said.Add(((CustomerMessage.Text)message).Content);
        Meanwhile();
        return Task.FromResult(Answers.Count > 0 ? Answers.Dequeue() : new Done());
    }

    public Task<ApiResult<Done>> TypingAsync(OpenId to, bool typing, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Subscription notices that all end alike.</summary>
internal sealed class ScriptedSubscriptions : ISubscriptions
{
    public List<string> Sent { get; } = [];

    /// <summary>Of the last.</summary>
    public IReadOnlyDictionary<string, string> Data { get; private set; } = new Dictionary<string, string>();

    public ApiResult<Done> Answer { get; set; } = new Done();

    /// <summary>Happens while the platform is at it.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public Task<ApiResult<Done>> SendAsync(SubscriptionMessage message, CancellationToken ct)
    {
        Sent.Add(message.TemplateId);
        Data = message.Data;
        Meanwhile();
        return Task.FromResult(Answer);
    }

    public Task<ApiResult<IReadOnlyList<ServiceCategory>>> CategoriesAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<PublicTitlePage>> PublicTitlesAsync(IReadOnlyList<int> categories, int start, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<IReadOnlyList<PublicKeyword>>> PublicKeywordsAsync(string titleId, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<IReadOnlyList<SubscriptionTemplate>>> ListAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<string>> AddAsync(string titleId, IReadOnlyList<int> keywords, string scene, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<Done>> DeleteAsync(string templateId, CancellationToken ct) => throw new NotSupportedException();
}
