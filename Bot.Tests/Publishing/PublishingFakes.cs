using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Tests.Publishing;

/// <summary>No article was ever public.</summary>
internal sealed class NoArticles : IArticles
{
    public Task<IReadOnlyList<(long Id, int Stamp)>> StampsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<(long Id, int Stamp)>>([]);

    public Task<IReadOnlyList<PublicArticle>> HeadsAsync(IReadOnlyCollection<long> ids, CancellationToken ct) => Task.FromResult<IReadOnlyList<PublicArticle>>([]);

    public Task<PublicArticle?> FindAsync(long id, CancellationToken ct) => Task.FromResult<PublicArticle?>(null);
}

/// <summary>Knows one preview, 123456.</summary>
internal sealed class PushDesk : IArticlePushes
{
    public OpenId? Reader { get; private set; }

    public Task<bool> ReadByAsync(string code, OpenId reader, DateTimeOffset since, CancellationToken ct)
    {
        if (code != "123456" || Reader is not null)
            return Task.FromResult(false);
        Reader = reader;
        return Task.FromResult(true);
    }

    public Task HearAsync(PushHeard heard, CancellationToken ct) => Task.CompletedTask;

    public Task<PushOrdered> OrderAsync(NewPush push, string? code, StaffMember by, CancellationToken ct) => throw new NotSupportedException();

    public Task<ArticlePush?> FindAsync(long id, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<ArticlePush>> ListAsync(long article, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> MoveAsync(long id, PushState from, PushState to, PushFacts change, CancellationToken ct) => throw new NotSupportedException();

    public Task<PushHeard?> HeardOfAsync(PushKind kind, string job, CancellationToken ct) => throw new NotSupportedException();

    public Task RemovedAsync(long id, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> SettleAsync(long id, bool wasSent, StaffMember by, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<MassCount>> MassSinceAsync(DateTimeOffset from, CancellationToken ct) => throw new NotSupportedException();
}
