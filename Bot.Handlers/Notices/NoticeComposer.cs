using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Bot.Data.Notices;
using Bot.Handlers.Notices.Groups;

namespace Bot.Handlers.Notices;

/// <summary>Makes a draft of what a clerk put together: words for everybody, and people one by one, from a file or of a group.</summary>
public sealed class NoticeComposer(NoticeOffice office, INotices notices, INoticeTemplates templates, TimeProvider clock)
{
    private const int MostRows = 100_000;
    private const int LongestAudience = 200;

    /// <summary>What can be told at once, before anybody is gathered.</summary>
    /// <returns>Null when nothing is wrong.</returns>
    public async Task<Composed.Refused?> RefusalAsync(Composition wish, CancellationToken ct)
    {
        var (template, refused) = await TemplateAsync(wish, ct);
        if (template is null)
            return refused;
        // For those of a draft each has words of their own.
        if (wish.To is NoticeTo.Group && NoticeFields.Check(template.Latest, wish.Fields).Problem is { } problem)
            return Composed.Because("fields", problem);
        return await office.ProblemsAsync(Request(wish, template, Lane(wish), "", null), ct) is { Count: > 0 } problems ? new(problems, []) : null;
    }

    public async Task<Composed> DraftAsync(Composition wish, CancellationToken ct)
    {
        var (template, problem) = await TemplateAsync(wish, ct);
        if (template is null)
            return problem!;
        try
        {
            var composed = await MakeAsync(wish, template, ct);
            return composed is Composed.Draft draft && wish.Replaces is { } old ? await ReplaceAsync(draft, old, wish.By, ct) : composed;
        }
        catch (Exception e) when (e is InvalidDataException or NoticeGroupException)
        {
            return Composed.Because("to", e.Message);
        }
    }

    private async Task<(NoticeTemplate? Template, Composed.Refused? Problem)> TemplateAsync(Composition wish, CancellationToken ct) => await templates.FindAsync(wish.Template, ct) switch
    {
        not { Active: true } => (null, Composed.Because("template", "没有这个模板，或模板已停用")),
        var found when !wish.AnyTemplate && !found.IsFor(wish.Department) => (null, Composed.Because("template", "您所在的部门不能使用这个模板")),
        var found => (found, null),
    };

    private async Task<Composed> MakeAsync(Composition wish, NoticeTemplate template, CancellationToken ct) => wish.To switch
    {
        NoticeTo.One one => await SendAsync(wish, template, NoticeLane.Single, "单个市民", One(one.OpenId.Trim(), wish.Fields), null, ct),
        NoticeTo.File file => await FileAsync(wish, template, file, ct),
        NoticeTo.Group group => await GroupAsync(wish, template, group, ct),
        NoticeTo.Kept when wish.Replaces is { } old && old.TemplateCode == template.Code => await SendAsync(
            wish, template, old.Lane is NoticeLane.Single ? NoticeLane.Single : Lane(wish), old.Audience, Again(wish, old.Id, ct),
            await notices.SourceAsync(old.Id, ct), ct, old.Group),
        NoticeTo.Kept => Composed.Because("to", "换了模板，请重新选择发给谁"),
        _ => throw new ArgumentOutOfRangeException(nameof(wish)),
    };

    // The new one first: whatever happens in between, what the clerk wrote is there.
    private async Task<Composed> ReplaceAsync(Composed.Draft draft, Notice old, string by, CancellationToken ct)
    {
        var replaced = $"已修改，见 {draft.Id}";
        if ((await notices.ReplaceAsync(old.Id, by, replaced, ct)).Ok || (await notices.FindAsync(old.Id, ct))?.Reason == replaced)
            return draft;
        await notices.ReplaceAsync(draft.Id, by, $"{old.Id} 已不是草稿，没有修改", ct);
        return Composed.Because("", "原来的通知已提交审核或已取消，不能再修改。");
    }

    private async IAsyncEnumerable<RequestedRow> Again(Composition wish, string id, [EnumeratorCancellation] CancellationToken ct)
    {
        var given = Given(wish);
        await foreach (var row in notices.RowsAsync(id, ct))
        {
            await wish.Gathered(row.Row, ct);
            yield return new(row.Row, row.To.Value, Merged(given, row.Data));
        }
    }

    private async Task<Composed> FileAsync(Composition wish, NoticeTemplate template, NoticeTo.File file, CancellationToken ct)
    {
        var hash = SHA256.HashData(file.Bytes.Span);
        var today = new DateTimeOffset(Beijing.DateOf(clock.GetUtcNow()).ToDateTime(TimeOnly.MinValue), Beijing.Offset);
        if (!file.Again && await notices.SeenAsync(hash, today, ct) is { } seen && seen.Id != wish.Replaces?.Id)
            return new Composed.SeenToday(seen);
        // What stands in the form holds for rows whose file lacks the column.
        var given = Given(wish);
        var table = await RecipientFile.OpenAsync(file.Bytes, ct);
        return table.ColumnProblems(template.Latest, given) is { Count: > 0 } problems
            ? new Composed.Refused(new Dictionary<string, string> { ["to"] = string.Join('；', problems) }, [])
            : await SendAsync(wish, template, Lane(wish), $"文件：{file.Name}", With(table.RowsAsync(ct), given, ct), hash, ct);
    }

    private async Task<Composed> GroupAsync(Composition wish, NoticeTemplate template, NoticeTo.Group group, CancellationToken ct)
    {
        // Told once, not for each of a million.
        var (_, problem) = NoticeFields.Check(template.Latest, wish.Fields);
        if (problem is not null)
            return Composed.Because("fields", problem);
        var choice = (await group.Of.ChoicesAsync(ct)).FirstOrDefault(c => c.Value == group.Choice);
        var label = choice?.Label ?? group.Choice;
        return await SendAsync(
            wish, template, Lane(wish), label == group.Of.Label ? label : $"{group.Of.Label}：{label}", Members(wish, group, ct), null, ct,
            new(group.Of.Kind, group.Choice));
    }

    private async Task<Composed> SendAsync(
        Composition wish, NoticeTemplate template, NoticeLane lane, string audience, IAsyncEnumerable<RequestedRow> rows, byte[]? hash, CancellationToken ct,
        NoticeGroup? group = null)
    {
        return await office.SendAsync(Request(wish, template, lane, audience, hash) with { Group = group }, rows, ct) switch
        {
            NoticeAnswer.Accepted accepted => new Composed.Draft(accepted.Notice.Id, accepted.Notice.Rejected.Count),
            NoticeAnswer.Refused refused => new Composed.Refused(
                refused.Problems.ToDictionary(p => p.Key switch { "data" => "fields", "openid" or "recipients" => "to", var other => other }, p => p.Value), refused.Rows),
            _ => throw new InvalidOperationException("the key of a draft is its own"),
        };
    }

    private static NoticeRequest Request(Composition wish, NoticeTemplate template, NoticeLane lane, string audience, byte[]? hash) => new()
    {
        Origin = NoticeOrigin.Console, Lane = lane, Template = template.TemplateId, MadeBy = wish.By, Department = wish.Department, Url = wish.Url,
        ScheduledAt = wish.ScheduledAt, ExpiresAt = wish.ExpiresAt, SourceHash = hash, Audience = audience.Length <= LongestAudience ? audience : audience[..LongestAudience],
        Idempotency = wish.Once,
    };

    private static Dictionary<string, string> Given(Composition wish) => wish.Fields.Where(f => f.Value.Length > 0).ToDictionary(StringComparer.Ordinal);

    private static NoticeLane Lane(Composition wish) => wish.Urgent ? NoticeLane.Urgent : NoticeLane.Bulk;

    private static async IAsyncEnumerable<RequestedRow> One(string openId, IReadOnlyDictionary<string, string> fields)
    {
        await Task.CompletedTask;
        yield return new(1, openId, fields);
    }

    private static async IAsyncEnumerable<RequestedRow> With(
        IAsyncEnumerable<RequestedRow> rows, Dictionary<string, string> given, [EnumeratorCancellation] CancellationToken ct)
    {
        var count = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (++count > MostRows)
                throw new InvalidDataException($"最多 {MostRows} 行");
            yield return given.Count == 0 || row.Data is null ? row : row with { Data = Merged(row.Data, given) };
        }
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> under)
    {
        Dictionary<string, string> all = new(under, StringComparer.Ordinal);
        foreach (var (name, value) in first)
            all[name] = value;
        return all;
    }

    private static async IAsyncEnumerable<RequestedRow> Members(
        Composition wish, NoticeTo.Group group, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0;
        await foreach (var member in group.Of.MembersAsync(group.Choice, ct).WithCancellation(ct))
        {
            await wish.Gathered(++number, ct);
            yield return new(number, member.Value, wish.Fields);
        }
    }
}
