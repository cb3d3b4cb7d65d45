using System.Collections.Immutable;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.Handlers.Policies.Search;

namespace Bot.Handlers.Policies.Life;

/// <summary>Which of a citizen's sentences tell of something that happens in a life, and say no more than that.</summary>
public sealed class LifeEvents
{
    // What people add to such a sentence; 搬家后身份证要换吗 asks for something in particular, and is left to the search.
    private static readonly string[] s_around =
    [
        "我们家", "我家", "我们", "我", "家里", "老婆", "老公", "妻子", "爱人", "媳妇", "爸爸", "妈妈", "父母", "父亲", "母亲", "老人", "孩子", "宝宝", "儿子", "女儿", "朋友",
        "刚刚", "刚", "最近", "准备", "打算", "马上", "快要", "就要", "快", "今年", "明年", "下个月", "这个月", "现在", "今天", "已经", "一个", "自己", "新",
        "哪些手续", "什么手续", "手续", "哪些事", "哪些", "要办", "办什么", "办", "做什么", "注意什么", "有什么", "该", "都", "之后", "以后", "后", "时", "政策", "补贴",
    ];

    private static readonly PhraseTable s_aroundTable = new(s_around);

    private readonly ImmutableArray<(string Phrase, LifeEvent Event)> _phrases;
    private readonly PhraseTable _table;

    public LifeEvents(IReadOnlyList<LifeEvent> all)
    {
        All = [.. all];
        _phrases = [.. all.SelectMany(e => e.Phrases.Select(p => (QuestionText.Of(p).Normal, e))).Where(p => p.Item1.Length > 0)];
        _table = new(_phrases.Select(p => p.Phrase));
    }

    public static LifeEvents None { get; } = new([]);

    public ImmutableArray<LifeEvent> All { get; }

    public LifeEvent? Find(QuestionText question)
    {
        var text = question.Normal;
        for (var at = 0; at < text.Length; at++)
        {
            var length = _table.Match(text, at, out var number);
            if (length > 0 && SaysNoMore(text[..at]) && SaysNoMore(text[(at + length)..]))
                return _phrases[number].Event;
        }

        return null;
    }

    private static bool SaysNoMore(string rest)
    {
        var filler = new bool[rest.Length];
        Fillers.Mark(rest, filler);
        for (var i = 0; i < rest.Length;)
        {
            var around = s_aroundTable.Match(rest, i, out _);
            if (around == 0 && !filler[i])
                return false;
            i += Math.Max(around, 1);
        }

        return true;
    }
}
