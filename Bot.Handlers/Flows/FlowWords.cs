using Bot.Handlers.Texts;

namespace Bot.Handlers.Flows;

/// <summary>What every flow says, in one place.</summary>
internal static class FlowWords
{
    public static readonly Text TimedOut = Text.Of("flow.timed-out");
    public static readonly Text TimedOutKept = Text.Of("flow.timed-out-kept");
    public static readonly Text TimedOutTaken = Text.Of("flow.timed-out-taken");
    public static readonly Text Cancelled = Text.Of("flow.cancelled");
    public static readonly Text Changed = Text.Of("flow.changed");
    public static readonly Text PickANumber = Text.Of("flow.pick-a-number");
    public static readonly Text NothingToPick = Text.Of("flow.nothing-to-pick");
    public static readonly Text NothingLeft = Text.Of("flow.nothing-left");
    public static readonly Text FirstStep = Text.Of("flow.first-step");
    public static readonly Text LastPage = Text.Of("list.last-page");
    public static readonly Text Confirm = Text.Of("flow.confirm");
    public static readonly Text SetAside = Text.Of("flow.set-aside");

    /// <summary>Leaves out a question that need not be answered.</summary>
    public static bool IsSkip(string words) => words is "跳过" or "略过" or "下一步" or "不填" or "不用" or "不用了" or "没有" or "没有了" or "无" or "不需要";
}
