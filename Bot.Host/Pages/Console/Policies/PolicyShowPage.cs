using System.ComponentModel.DataAnnotations;
using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>One document: the copy being worked on and its next step, the card that citizens see, versions, what it is called.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PolicyShowPage(
    PolicyLibrary library, IPolicyDrafts drafts, IPolicies policies, IPolicyWords words, IPolicyQuestions questions, IAttachments attachments,
    SensitiveWords sensitive, TimeProvider clock) : ConsolePage
{
    private const int MostQuestions = 30;

    public static string For(string id) => $"/console/policies/item/{id}";

    private const int LongestRemark = 500;

    public override string Title => Policy.Title;

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>The copy, or else what is published.</summary>
    public Policy Policy { get; private set; } = null!;

    public PolicyDraft? Draft { get; private set; }

    public Policy? Published { get; private set; }

    public string Card { get; private set; } = "";

    /// <summary>Of what is published.</summary>
    public Validity Validity { get; private set; }

    public IReadOnlyList<PolicyVersion> Versions { get; private set; } = [];

    /// <summary>What is compared, and with what it is.</summary>
    public string DiffTitle { get; private set; } = "";

    public IReadOnlyList<FieldDiff> Diff { get; private set; } = [];

    public IReadOnlyList<string> OwnAliases { get; private set; } = [];

    public IReadOnlyList<SimilarQuestion> Similar { get; private set; } = [];

    /// <param name="v">The version to compare with the one before it.</param>
    public async Task<IActionResult> OnGetAsync(int? v, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (v is { } version && await policies.VersionAsync(Id, version, ct) is { } after && await policies.VersionAsync(Id, version - 1, ct) is { } before)
            (DiffTitle, Diff) = ($"第 {version} 版与第 {version - 1} 版的不同", await DiffAsync(before, after, ct));
        else if (Draft is not null && Published is not null)
            (DiffTitle, Diff) = ("稿件与已发布内容的不同", await DiffAsync(Published, Draft.Content, ct));
        return Page();
    }

    public Task<IActionResult> OnPostSubmitAsync(int revision, CancellationToken ct) => ActAsync(drafts.SubmitAsync(Id, revision, Me.Name, ct), "已提交审核", ct);

    public Task<IActionResult> OnPostReviewAsync(int revision, CancellationToken ct) => ActAsync(drafts.ReviewAsync(Id, revision, Me.Name, ct), "已审核，待签发", ct);

    public async Task<IActionResult> OnPostReturnAsync(int revision, string? remark, CancellationToken ct) => remark?.Trim() is { Length: > LongestRemark }
        ? await RefuseAsync($"退回的原因最多 {LongestRemark} 字。", ct)
        : await ActAsync(drafts.ReturnAsync(Id, revision, Me.Name, remark?.Trim() ?? "", ct), "已退回编辑", ct);

    /// <summary>For the field of the time of publication.</summary>
    public string LastIssue => Beijing.FieldOf(clock.GetUtcNow().AddYears(1));

    /// <param name="at">Beijing's wall clock; null for at once.</param>
    public async Task<IActionResult> OnPostIssueAsync(int revision, DateTime? at, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (at is not null && !(Beijing.Meant(at) <= now.AddYears(1)))
            return await RefuseAsync("发布时间最多定在一年之内。", ct);
        var publishAt = Beijing.Meant(at) ?? now;
        return await ActAsync(drafts.IssueAsync(Id, revision, Me.Name, publishAt, ct), publishAt <= now ? "已发布" : $"已签发，{Beijing.DateOf(publishAt):M月d日}发布", ct);
    }

    public async Task<IActionResult> OnPostDiscardAsync(int revision, CancellationToken ct) => await drafts.DiscardAsync(Id, revision, Me.Name, ct) is var result && result is DraftResult.Done
        ? GoTo(library.Shelf.ById.ContainsKey(Id) ? For(Id) : DraftsPage.Path, "稿件已删除")
        : await RefuseAsync(PolicyLabels.Why(result), ct);

    public async Task<IActionResult> OnPostLapseAsync(DateOnly? from, [StringLength(32)] string? successor, CancellationToken ct)
    {
        if (Beijing.Meant(from) is not { } day)
            return await RefuseAsync($"请填写失效日期，{Beijing.FirstYear} 至 {Beijing.LastYear} 年之间。", ct);
        if (successor is { Length: > 0 } && (successor == Id || !library.Shelf.ById.ContainsKey(successor)))
            return await RefuseAsync("替代文件没有找到，请填写已发布内容的编号。", ct);
        return await drafts.LapseAsync(Id, day, successor ?? "", Me.Name, ct) ? GoTo(For(Id), "已设定失效") : await RefuseAsync("没有改动：内容已下架，或失效日期早于生效日期。", ct);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct)
    {
        await drafts.WithdrawAsync(Id, Me.Name, ct);
        return GoTo(PoliciesPage.Path, "已下架");
    }

    public async Task<IActionResult> OnPostAliasAsync([Required, StringLength(60)] string? alias, CancellationToken ct)
    {
        if (alias?.Trim() is not { Length: > 0 and <= 60 } called)
            return await RefuseAsync("叫法为 1 到 60 个字。", ct);
        if (sensitive.Holds(called))
            return await RefuseAsync("叫法含有敏感词，请修改。", ct);
        await words.AddAliasAsync(Id, called, Me.Name, ct);
        return GoTo(For(Id), "已添加叫法");
    }

    public async Task<IActionResult> OnPostUnaliasAsync(string alias, CancellationToken ct)
    {
        await words.RemoveAliasAsync(Id, alias, Me.Name, ct);
        return GoTo(For(Id), "已移除叫法");
    }

    public async Task<IActionResult> OnPostDropAsync(string normal, CancellationToken ct)
    {
        await questions.DropAsync(Id, normal, Me.Name, ct);
        return GoTo(For(Id), "已移除相似问法");
    }

    private async Task<IReadOnlyList<FieldDiff>> DiffAsync(Policy before, Policy after, CancellationToken ct) =>
        PolicyDiff.Between(before, after, await attachments.DescribeAsync([.. before.Attachments.Union(after.Attachments)], ct));

    private async Task<IActionResult> ActAsync(Task<DraftResult> act, string toast, CancellationToken ct)
    {
        var result = await act;
        return result is DraftResult.Done ? GoTo(For(Id), toast) : await RefuseAsync(PolicyLabels.Why(result), ct);
    }

    private async Task<IActionResult> RefuseAsync(string why, CancellationToken ct) => await LoadAsync(ct) ? Refuse(why) : NotFound();

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var shelf = library.Shelf;
        Draft = await drafts.FindAsync(Id, ct);
        Published = shelf.ById.GetValueOrDefault(Id) ?? (await policies.FindAsync([Id], ct) is [var found] ? found : null);
        if ((Draft?.Content ?? Published) is not { } policy)
            return false;
        Policy = policy;
        var today = Beijing.DateOf(clock.GetUtcNow());
        Card = PolicyCard.Preview(policy, shelf.ById.GetValueOrDefault(policy.SuccessorId), today);
        Validity = (Published ?? policy).ValidityOn(today);
        Versions = await policies.VersionsAsync(Id, ct);
        OwnAliases = [.. (await words.AliasesAsync(ct)).Where(a => a.PolicyId == Id).Select(a => a.Alias)];
        Similar = [.. (await questions.MemoryAsync(MostQuestions, ct)).Where(m => m.PolicyId == Id)];
        return true;
    }
}
