using System.Collections.Immutable;

namespace Bot.Data.Cases;

/// <summary>依申请公开: what distinguishes a request for information from other cases.</summary>
/// <remarks>Source: 政府信息公开条例 (国务院令第711号), articles 30, 33, 36 and 42; the rows are those of 政府信息公开工作年度报告, table 三.</remarks>
public static class Disclosure
{
    /// <summary>Working days by which an answer may be put off, once.</summary>
    public const int MostExtension = 20;

    /// <summary>Fen: a million yuan is a slip of the keyboard.</summary>
    public const int MostFee = 100_000_000;

    public const string Open = "open";

    /// <summary>What time alone decides.</summary>
    public const string Uncorrected = "uncorrected", Unpaid = "unpaid";

    /// <summary>Counted beside the decisions: the applicant took it back.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>In the order of the yearly report.</summary>
    public static ImmutableArray<DisclosureDecision> Decisions { get; } =
    [
        new(Open, "", "予以公开"),
        new("part", "", "部分公开"),
        new("secret", "不予公开", "属于国家秘密"),
        new("forbidden", "不予公开", "其他法律行政法规禁止公开"),
        new("safety", "不予公开", "危及“三安全一稳定”"),
        new("third-party", "不予公开", "保护第三方合法权益"),
        new("internal", "不予公开", "属于三类内部事务信息"),
        new("process", "不予公开", "属于四类过程性信息"),
        new("enforcement", "不予公开", "属于行政执法案卷"),
        new("inquiry", "不予公开", "属于行政查询事项"),
        new("elsewhere", "无法提供", "本机关不掌握（非本机关负责公开）"),
        new("absent", "无法提供", "本机关不掌握（信息不存在）"),
        new("to-be-made", "无法提供", "没有现成信息，需要另行制作"),
        new("unclear", "无法提供", "补正后申请内容仍不明确"),
        new("complaint", "不予处理", "信访举报投诉类申请"),
        new("repeated", "不予处理", "重复申请"),
        new("printed", "不予处理", "要求提供公开出版物"),
        new("excessive", "不予处理", "无正当理由大量反复申请"),
        new("confirmation", "不予处理", "要求确认或重新出具已获取的信息"),
        new(Uncorrected, "其他处理", "逾期不补正，不再处理") { ByTime = true },
        new(Unpaid, "其他处理", "逾期未缴费，不再处理") { ByTime = true },
        new("otherwise", "其他处理", "其他"),
    ];

    /// <summary>Who may ask, as the yearly report counts them.</summary>
    public static ImmutableArray<(string Code, string Name)> Applicants { get; } =
    [
        ("person", "自然人"), ("business", "商业企业"), ("research", "科研机构"), ("welfare", "社会公益组织"), ("legal", "法律服务机构"), ("other", "其他组织"),
    ];

    public static DisclosureDecision? Find(string? code) => Decisions.FirstOrDefault(d => d.Code == code);

    extension(CaseFile file)
    {
        public bool IsDisclosure => file.Kind is CaseKind.Disclosure;

        /// <summary>The clock stands still until the fee is paid.</summary>
        public bool WaitsForFee => file is { PausedAt: not null, Fee: not null, FeePaidAt: null };
    }
}

/// <param name="Code">As kept.</param>
/// <param name="Group">Empty for a decision that stands by itself.</param>
public sealed record DisclosureDecision(string Code, string Group, string Name)
{
    /// <summary>Not chosen by anybody: a deadline of the applicant's passed.</summary>
    public bool ByTime { get; init; }

    /// <summary>Such as 不予公开：属于国家秘密.</summary>
    public string Shown => Group.Length == 0 ? Name : $"{Group}：{Name}";
}
