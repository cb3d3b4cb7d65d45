using Bot.Data.Cases;
using Bot.Handlers.Flows;
using Bot.Handlers.Language;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Complaints;

/// <summary>Which category citizens mean by what they call it; who tells the story instead has it kept as its beginning.</summary>
public sealed class CategoryNames(CaseCatalogue catalogue)
{
    private const int ShortestName = 2;

    // With a keyword in it less is a story, too: 路灯坏了.
    private const int ShortestStory = 6;
    private const int ShortestMatter = 4;

    private static readonly string[] s_before = ["我要", "我想", "我", "想", "选择", "选", "投诉", "举报", "咨询", "建议", "求助", "表扬", "是", "关于"];
    private static readonly string[] s_behind = ["吧", "类别", "类", "问题", "方面", "的"];

    private static readonly Text s_unknown = Text.Of("case.category-unknown");
    private static readonly Text s_begun = Text.Of("case.begun");

    /// <summary>Which of the categories on the list the words name.</summary>
    internal Reading Read(Utterance said, IReadOnlyList<FlowChoice> choices)
    {
        CaseCategory[] offered = [.. choices.Select(c => catalogue.Find(c.Key)).OfType<CaseCategory>()];
        if (said.Number is not null)
            return default;
        return Find(said.Words, offered) is { } meant ? new(meant.Code) : IsStory(said.Words, offered) ? Begun(said) : new(Why: s_unknown.Say());
    }

    /// <summary>The kinds are commands by their names: what else is said there tells the story, or nothing.</summary>
    internal Reading ReadBeforeKind(Utterance said, IReadOnlyList<FlowChoice> choices) =>
        said.Number is null && IsStory(said.Words, catalogue.Categories) ? Begun(said) : default;

    // By the whole name, a word of it, or a word that stands for it; of several none.
    private static CaseCategory? Find(string words, CaseCategory[] offered)
    {
        var name = Bare(words);
        if (name.Length < ShortestName)
            return null;
        return Only(c => Chinese.Fold(c.Name) == name) ?? Only(c => Chinese.Fold(c.Name).Contains(name, StringComparison.Ordinal))
            ?? Only(c => c.Keywords.Any(k => Chinese.Fold(k) == name));

        CaseCategory? Only(Func<CaseCategory, bool> isIt) => offered.Where(isIt).Take(2).ToArray() is [var one] ? one : null;
    }

    // An enquiry is a question; elsewhere one asks about the list.
    private static bool IsStory(string words, IReadOnlyList<CaseCategory> categories) =>
        words.Length >= ShortestMatter && categories.Any(c => CaseCatalogue.Hits(c, words) > 0)
        || words.Length >= ShortestStory && (categories.All(c => c.Kind is CaseKind.Enquiry) || CaseDoors.IsMatter(words));

    private static Reading Begun(Utterance said) => new(Why: s_begun.Say(), Note: new(HalfFilled.Opening, said.Raw));

    private static string Bare(string words)
    {
        var name = words;
        foreach (var word in s_before)
            name = name.StartsWith(word, StringComparison.Ordinal) ? name[word.Length..].TrimStart(' ', ':') : name;
        foreach (var word in s_behind)
            name = name.EndsWith(word, StringComparison.Ordinal) ? name[..^word.Length] : name;
        return name.Replace("其它", "其他", StringComparison.Ordinal);
    }
}
