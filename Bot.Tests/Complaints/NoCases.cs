using Bot.Data.Cases;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Complaints;

/// <summary>An office where nobody ever filed anything, for conversations about other matters.</summary>
internal sealed class NoCases : ICases, ICaseDrafts, ICasePhotos, ICaseDocuments, IPublicCases
{
    public static void AddTo(IServiceCollection services)
    {
        NoCases none = new();
        services.AddSingleton<ICases>(none).AddSingleton<ICaseDrafts>(none).AddSingleton<ICasePhotos>(none).AddSingleton<ICaseDocuments>(none).AddSingleton<IPublicCases>(none).AddSingleton(new CaseLimits());
    }

    public Task<CaseFile> FileAsync(NewCase filing, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<PublicCase>> ListAsync(PublicCaseQuery query, long? before, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<PublicCase>>([]);

    Task<PublicCase?> IPublicCases.FindAsync(string number, CancellationToken ct) => Task.FromResult<PublicCase?>(null);

    public Task<PublicCase?> FindFiledBySystemAsync(string number, CancellationToken ct) => Task.FromResult<PublicCase?>(null);

    public Task<IReadOnlyList<CaseFile>> MineAsync(OpenId citizen, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<CaseFile>>([]);

    public Task<CitizenCase?> FindAsync(OpenId citizen, string number, CancellationToken ct) => Task.FromResult<CitizenCase?>(null);

    public Task<SealedCode> CodeAsync(Guid run, CancellationToken ct) => throw new NotSupportedException();

    public Task<CaseOutcome> ActAsync(OpenId citizen, string number, CaseAct act, Guid run, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<SimilarCase>> SimilarAsync(OpenId citizen, string category, string story, double latitude, double longitude, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<SimilarCase>>([]);

    public Task<CaseFile?> JoinAsync(OpenId citizen, long caseId, Guid run, CancellationToken ct) => throw new NotSupportedException();

    public Task<DateTimeOffset?> TickAsync(long caseId, CancellationToken ct) => throw new NotSupportedException();

    public Task KeepAsync(OpenId citizen, string flow, Guid run, string form, CancellationToken ct) => Task.CompletedTask;

    Task<CaseDraft?> ICaseDrafts.FindAsync(OpenId citizen, string flow, CancellationToken ct) => Task.FromResult<CaseDraft?>(null);

    public Task DropAsync(OpenId citizen, string flow, CancellationToken ct) => Task.CompletedTask;

    public Task ForgetAsync(CancellationToken ct) => Task.CompletedTask;

    public Task AddAsync(OpenId citizen, Guid run, string mediaId, bool video, CancellationToken ct) => Task.CompletedTask;

    public Task<int> CountAsync(Guid run, CancellationToken ct) => Task.FromResult(0);

    public Task<WaitingPhoto?> FindWaitingAsync(long id, CancellationToken ct) => Task.FromResult<WaitingPhoto?>(null);

    public Task KeepAsync(long id, string contentType, byte[] content, byte[]? thumbnail, CancellationToken ct) => Task.CompletedTask;

    public Task FailAsync(long id, string reason, string words, CancellationToken ct) => Task.CompletedTask;

    public Task<bool> AttachAsync(OpenId citizen, Guid run, string number, CancellationToken ct) => Task.FromResult(false);

    public Task<KeptPhoto?> ReadAsync(long id, bool thumbnail, Bot.Data.Staff.StaffMember staff, CancellationToken ct) => Task.FromResult<KeptPhoto?>(null);

    public Task<IReadOnlyList<CaseDocument>> SentAsync(string number, CancellationToken ct) => Task.FromResult<IReadOnlyList<CaseDocument>>([]);

    public Task<(CaseDocument Document, byte[] Content)?> ReadSentAsync(string number, long id, CancellationToken ct) => Task.FromResult<(CaseDocument, byte[])?>(null);

    public Task<(CaseDocument Document, byte[] Content)?> ReadAsync(string number, long id, Bot.Data.Staff.StaffMember staff, CancellationToken ct) =>
        Task.FromResult<(CaseDocument, byte[])?>(null);
}
