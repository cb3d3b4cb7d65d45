using System.Runtime.InteropServices;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies;

/// <summary>What one question finds: guides with the news below them, a life event, or nothing.</summary>
internal sealed record Found(QuestionText Asked, PolicyAspect Aspect = PolicyAspect.None)
{
    private static readonly Text s_found = Text.Of("policy.found");
    private static readonly Text s_onlyNews = Text.Of("news.found-only");
    private static readonly Choice s_noneOfThese = new(Text.Of("policy.none-of-these").Say(), PolicyRephrase.Command);

    private Choice[] _articles = [];
    private Reply _reply = Reply.Silence;

    /// <summary>What happens in a life, when the sentence tells of it and says no more; nothing else was looked for then.</summary>
    public LifeEvent? Event { get; init; }

    /// <summary>Ids, best first.</summary>
    public string[] Guides { get; private init; } = [];

    public bool IsMiss => Event is null && Guides.Length + _articles.Length == 0;

    public static Found Of(QuestionText asked, PolicyAspect aspect, ReadOnlySpan<Hit> guides, Choice[] articles)
    {
        if (guides.Length + articles.Length == 0)
            return new(asked);
        var ids = new string[guides.Length];
        var choices = new Choice[guides.Length + articles.Length];
        for (var i = 0; i < guides.Length; i++)
            choices[i] = new(guides[i].Document.Title, ids[i] = guides[i].Id);
        articles.CopyTo(choices, guides.Length);
        var lead = guides.Length > 0 ? s_found : s_onlyNews;
        return new(asked, aspect)
        {
            Guides = ids, _articles = articles, _reply = NumberedList.Page(lead.Say(), choices, 0, NumberedList.MaxRows, s_noneOfThese).Reply,
        };
    }

    /// <param name="key">Of this asking of the question, see <see cref="QuestionLog"/>; may be empty.</param>
    /// <param name="again">The command that shows the same again.</param>
    public Answer Answer(string key, string again)
    {
        var commands = new string[Guides.Length + _articles.Length + 1];
        for (var i = 0; i < Guides.Length; i++)
            commands[i] = PolicyCard.CommandFor(Guides[i], Aspect, key);
        for (var i = 0; i < _articles.Length; i++)
            commands[Guides.Length + i] = _articles[i].Command;
        commands[^1] = key.Length == 0 ? PolicyRephrase.Command : $"{PolicyRephrase.Command} {key}";
        return new(_reply, ImmutableCollectionsMarshal.AsImmutableArray(commands)) { Command = again };
    }
}
