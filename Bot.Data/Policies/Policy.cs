namespace Bot.Data.Policies;

/// <summary>One published document: a guide to a matter, a policy, its explanation, a frequent question or an official reply.</summary>
public sealed record Policy
{
    /// <summary>Stable and public, in addresses and in choices: 1 to 32 letters, digits, <c>-</c> or <c>_</c>.</summary>
    public required string Id { get; init; }

    public required PolicyType Type { get; init; }
    public required string Title { get; init; }

    /// <summary>文号; empty when it has none.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>发布机构 or 主管部门.</summary>
    public required string Issuer { get; init; }

    /// <summary>主题分类.</summary>
    public required string Category { get; init; }

    /// <summary>成文日期.</summary>
    public DateOnly? WrittenOn { get; init; }

    /// <summary>发布日期.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>生效日期.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The first day on which it is no longer in force; null for no end.</summary>
    public DateOnly? LapsesOn { get; init; }

    public PolicyStatus Status { get; init; } = PolicyStatus.InForce;

    /// <summary>The document that took its place; empty for none.</summary>
    public string SuccessorId { get; init; } = "";

    /// <summary>要点: the short answer.</summary>
    public string Summary { get; init; } = "";

    /// <summary>正文: plain paragraphs.</summary>
    public string Body { get; init; } = "";

    /// <summary>The same with headings, lists and tables, sanitised; empty where <see cref="Body"/> is all there is.</summary>
    public string BodyHtml { get; init; } = "";

    public string Who { get; init; } = "";
    public string Conditions { get; init; } = "";
    public IReadOnlyList<string> Materials { get; init; } = [];
    public IReadOnlyList<string> Steps { get; init; } = [];
    public string Place { get; init; } = "";
    public string Fee { get; init; } = "";
    public string TimeLimit { get; init; } = "";
    public IReadOnlyList<string> LegalBasis { get; init; } = [];

    /// <summary>How citizens call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Where our text comes from, for the office: not shown as the source, which is <see cref="Issuer"/> and <see cref="DocumentNumber"/>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>A caution shown with the document; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>The document that it explains or puts into practice; empty for none.</summary>
    public string Explains { get; init; } = "";

    /// <summary>Numbers of its files, see <see cref="IAttachments"/>.</summary>
    public IReadOnlyList<long> Attachments { get; init; } = [];

    /// <summary>编辑, 审核, 签发: whose work it is; empty for what was imported.</summary>
    public string EditedBy { get; init; } = "";

    public string ReviewedBy { get; init; } = "";
    public string IssuedBy { get; init; } = "";

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts its public states, from 1; 0 before it was ever public.</summary>
    public int Version { get; init; }

    /// <summary>Whether it is in force on a day, whatever its status was when it was written.</summary>
    public Validity ValidityOn(DateOnly day) => this switch
    {
        { Status: PolicyStatus.Repealed } => Validity.Lapsed,
        { LapsesOn: { } lapses } when lapses <= day => Validity.Lapsed,
        { EffectiveOn: { } effective } when effective > day => Validity.NotYet,
        { Status: PolicyStatus.Amended } => Validity.Amended,
        _ => Validity.InForce,
    };
}

/// <summary>办事指南, 政策文件, 政策解读, 常见问题, 官方答复.</summary>
public enum PolicyType { Guide, Policy, Explanation, Faq, Reply }

/// <summary>有效, 已修订, 已废止.</summary>
public enum PolicyStatus { InForce, Amended, Repealed }

public enum Validity { InForce, NotYet, Amended, Lapsed }
