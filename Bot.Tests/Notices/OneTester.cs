using Bot.Data.Notices;
using Bot.WeChat;

namespace Bot.Tests.Notices;

/// <summary>One clerk, whose code is 12345678.</summary>
internal sealed class OneTester : INoticeTesters
{
    public OpenId? Bound { get; private set; }

    public Task<OpenId?> OfAsync(long staff, CancellationToken ct) => Task.FromResult(Bound);

    public Task<IReadOnlyList<OpenId>> AllAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<OpenId>>(Bound is { } bound ? [bound] : []);

    public Task<string> NewCodeAsync(long staff, CancellationToken ct) => Task.FromResult("12345678");

    public Task<string?> BindAsync(string code, OpenId openId, CancellationToken ct)
    {
        if (code != "12345678")
            return Task.FromResult<string?>(null);
        Bound = openId;
        return Task.FromResult<string?>("王制单");
    }

    public Task UnbindAsync(long staff, CancellationToken ct)
    {
        Bound = null;
        return Task.CompletedTask;
    }
}
