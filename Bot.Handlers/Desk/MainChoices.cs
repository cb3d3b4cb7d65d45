using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Desk;

/// <summary>The numbered choices that a welcome, the help and every dead end offer.</summary>
internal static class MainChoices
{
    private static readonly Choice[] s_choices =
    [
        new(Text.Of("help.policy").Say(), "policy"),
        new(Text.Of("help.book").Say(), "book"),
        new(Text.Of("help.hot").Say(), "policy.hot"),
        new(Text.Of("help.case").Say(), "case"),
        new(Text.Of("help.cases").Say(), "case.mine"),
        new(Text.Of("help.human").Say(), "human"),
    ];

    public static Answer Under(string lead, string foot = "")
    {
        var answer = NumberedList.Page(lead, s_choices, 0);
        return foot.Length == 0 ? answer : answer with { Reply = Reply.Say($"{((Reply.Text)answer.Reply).Content}\n\n{foot}") };
    }
}
