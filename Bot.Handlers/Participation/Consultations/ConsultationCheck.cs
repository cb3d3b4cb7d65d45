using Bot.Data.Consultations;
using Bot.Handlers.Language;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Whether a draft may be put before the public as it stands; says in words for staff what is wrong.</summary>
public sealed class ConsultationCheck(ConsultationOptions options, SensitiveWords sensitive, TimeProvider clock)
{
    public int UsualDays => options.ConsultationDays;

    /// <summary>Less time than the public usually has: no fault, but it has to be explained.</summary>
    /// <param name="isPublic">A version is public: its time runs from its opening. One that is not is read from now on at the earliest.</param>
    public bool IsShort(ConsultationPaper paper, bool isPublic) =>
        (isPublic || paper.OpensAt > clock.GetUtcNow() ? paper.Days : (paper.ClosesAt - clock.GetUtcNow()).TotalDays) < options.ConsultationDays;

    public IEnumerable<string> Faults(ConsultationPaper paper, bool isPublic)
    {
        if (paper.Parts.Count == 0)
            yield return "还没有正文，请先添加章节。";
        if (paper.ClosesAt <= clock.GetUtcNow())
            yield return "截止时间已经过了，请先修改截止时间。";
        if (IsShort(paper, isPublic) && paper.WhyShort.Length == 0)
            yield return $"征求意见的时间不足 {options.ConsultationDays} 天，请写明缩短期限的理由，公开页面会显示。";
        if (Listed(paper.Title, paper.Background, paper.WhyShort, string.Join('\n', paper.Parts.Select(p => $"{p.Title}\n{p.Text}"))) is { Length: > 0 } listed)
            yield return $"文中有敏感词：{listed}。请修改后再送审。";
    }

    /// <returns>The listed words in what becomes public; empty for none.</returns>
    public string Listed(params IEnumerable<string> texts) => string.Join('、', sensitive.Find(string.Join('\n', texts)).Select(spot => spot.Word).Distinct());
}
