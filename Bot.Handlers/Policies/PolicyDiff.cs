using Bot.Data.Policies;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Bot.Handlers.Policies;

/// <summary>What differs between two states of a document, field by field and line by line.</summary>
public static class PolicyDiff
{
    // What the office calls by number, or writes for its own search.
    private static readonly string[] s_internal = ["替代文件", "解读对象", "别名"];

    private static readonly (string Label, Func<Policy, string> Words)[] s_fields =
    [
        ("类型", p => PolicyNames.Of(p.Type)), ("标题", p => p.Title), ("文号", p => p.DocumentNumber), ("发布机构", p => p.Issuer), ("主题分类", p => p.Category),
        ("成文日期", p => Day(p.WrittenOn)), ("发布日期", p => Day(p.PublishedOn)), ("生效日期", p => Day(p.EffectiveOn)), ("失效日期", p => Day(p.LapsesOn)),
        ("状态", p => PolicyNames.Of(p.Status)), ("替代文件", p => p.SuccessorId), ("解读对象", p => p.Explains), ("要点", p => p.Summary), ("适用对象", p => p.Who),
        ("办理条件", p => p.Conditions), ("所需材料", p => string.Join('\n', p.Materials)), ("办理步骤", p => string.Join('\n', p.Steps)), ("办理地点", p => p.Place),
        ("费用", p => p.Fee), ("办理时限", p => p.TimeLimit), ("法律依据", p => string.Join('\n', p.LegalBasis)), ("正文", p => p.Body),
        ("别名", p => string.Join('\n', p.Aliases)), ("提示", p => p.Note),
    ];

    /// <summary>Only fields that differ.</summary>
    /// <param name="files">Of both; null leaves them out.</param>
    public static IReadOnlyList<FieldDiff> Between(Policy before, Policy after, IReadOnlyList<AttachmentFile>? files = null)
    {
        return
        [
            .. s_fields.Append((Label: "附件", Words: Names)).Select(f => (f.Label, Before: f.Words(before), After: f.Words(after))).Where(f => f.Before != f.After)
                .Select(f => new FieldDiff(f.Label, Lines(f.Before, f.After))),
        ];

        string Names(Policy policy) => string.Join('\n', policy.Attachments.Select(id => files?.FirstOrDefault(f => f.Id == id)?.Name).OfType<string>());
    }

    /// <summary>The same without what is the office's own business.</summary>
    public static IReadOnlyList<FieldDiff> PublicBetween(Policy before, Policy after) => [.. Between(before, after).Where(f => !s_internal.Contains(f.Label))];

    private static DiffLine[] Lines(string before, string after) =>
        [.. InlineDiffBuilder.Diff(before, after).Lines.Where(l => l.Text.Length > 0).Select(l => new DiffLine(KindOf(l.Type), l.Text))];

    private static DiffKind KindOf(ChangeType type) => type switch
    {
        ChangeType.Inserted => DiffKind.Added,
        ChangeType.Deleted => DiffKind.Removed,
        _ => DiffKind.Same,
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", null) ?? "";
}

public sealed record FieldDiff(string Label, IReadOnlyList<DiffLine> Lines);

public readonly record struct DiffLine(DiffKind Kind, string Text);

public enum DiffKind { Same, Added, Removed }
