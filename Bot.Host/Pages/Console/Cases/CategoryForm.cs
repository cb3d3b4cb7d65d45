using System.ComponentModel.DataAnnotations;
using Bot.Data.Cases;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>A category as its form has it.</summary>
public sealed class CategoryForm
{
    private const int MostQuestions = 3;
    private const int MostOverrides = 10;
    private const int SpareOverrides = 2;

    private static readonly char[] s_between = ['、', ',', '，', ';', '；', ' ', '\u3000', '\n', '\r', '\t'];

    [StringLength(32), RegularExpression("^(?!new$)[a-z][a-z0-9-]*$", ErrorMessage = "代码用小写字母开头，只含小写字母、数字和横线，且不能是 new")]
    public string? Code { get; set; }

    public CaseKind Kind { get; set; }

    [Required(ErrorMessage = "请填写名称"), StringLength(30)]
    public string Name { get; set; } = "";

    [StringLength(32)]
    public string? Department { get; set; }

    [Range(0, 60)]
    public int AcceptDays { get; set; } = 1;

    [Range(1, 365)]
    public int AnswerDays { get; set; } = 13;

    [Range(1, 240)]
    public int? AnswerHours { get; set; }

    public bool NeedsApproval { get; set; }

    [StringLength(600)]
    public string? Keywords { get; set; }

    [Range(0, 9999)]
    public int Sort { get; set; } = 100;

    public bool Active { get; set; } = true;

    public int Version { get; set; }

    [MaxLength(MostQuestions)]
    public List<QuestionLine> Questions { get; set; } = [];

    [MaxLength(MostOverrides)]
    public List<OverrideLine> Overrides { get; set; } = [];

    public static CategoryForm Of(CaseCategory? category) => category is null ? new CategoryForm().WithSpare() : new CategoryForm
    {
        Code = category.Code, Kind = category.Kind, Name = category.Name, Department = category.Department, AcceptDays = category.Term.AcceptDays,
        AnswerDays = category.Term.AnswerDays, AnswerHours = category.Term.AnswerHours, NeedsApproval = category.NeedsApproval,
        Keywords = string.Join('、', category.Keywords), Sort = category.Sort, Active = category.Active, Version = category.Version,
        Questions = [.. category.Questions.Select(q => new QuestionLine { Prompt = q.Prompt, Options = string.Join('、', q.Options) })],
        Overrides = [.. category.Overrides.Select(o => new OverrideLine { Words = string.Join('、', o.Words), Department = o.Department })],
    }.WithSpare();

    /// <summary>With empty lines to fill in.</summary>
    public CategoryForm WithSpare()
    {
        while (Questions.Count < MostQuestions)
            Questions.Add(new());
        var lines = Math.Min(MostOverrides, Overrides.Count(o => !string.IsNullOrWhiteSpace(o.Words)) + SpareOverrides);
        while (Overrides.Count < lines)
            Overrides.Add(new());
        return this;
    }

    public CaseCategory Read(string code, CaseKind kind) => new()
    {
        Code = code, Kind = kind, Name = Name.Trim(), Department = string.IsNullOrEmpty(Department) ? null : Department, Term = new(AcceptDays, AnswerDays, AnswerHours),
        NeedsApproval = NeedsApproval, Keywords = [.. Words(Keywords)], Sort = Sort, Active = Active, Version = Version,
        Questions = [.. Questions.Where(q => !string.IsNullOrWhiteSpace(q.Prompt)).Select(q => new CaseQuestion(q.Prompt!.Trim(), [.. Words(q.Options)]))],
        Overrides =
        [
            .. Overrides.Where(o => !string.IsNullOrWhiteSpace(o.Words) && !string.IsNullOrEmpty(o.Department))
                .Select(o => new CaseOverride([.. Words(o.Words)], o.Department!)),
        ],
    };

    private static IEnumerable<string> Words(string? text) =>
        (text ?? "").Split(s_between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();

    public sealed class QuestionLine
    {
        [StringLength(60)]
        public string? Prompt { get; set; }

        /// <summary>Empty: an answer in the citizen's own words.</summary>
        [StringLength(300)]
        public string? Options { get; set; }
    }

    public sealed class OverrideLine
    {
        [StringLength(200)]
        public string? Words { get; set; }

        [StringLength(32)]
        public string? Department { get; set; }
    }
}
