using System.Collections.Immutable;
using System.Text;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers;

/// <summary>Writes a list that a citizen can answer by number: at most 9 lines and 600 characters a page.</summary>
public static class NumberedList
{
    public const int MaxRows = 9;
    public const int MaxLength = 600;

    private const int LongestLabel = 40;
    private static readonly Text s_more = Text.Of("list.more");
    private static readonly Text s_end = Text.Of("list.end");

    /// <summary>A page of a longer list.</summary>
    /// <param name="lead">Stands above the list; tells what to reply.</param>
    /// <param name="rows">Lines a page, 1 to 9.</param>
    /// <param name="pinned">Choices that stand below the others on every page, such as 都不是.</param>
    public static Answer Page(string lead, IReadOnlyList<Choice> choices, int page, int rows = MaxRows, params ReadOnlySpan<Choice> pinned)
    {
        rows = Math.Min(rows, MaxRows - pinned.Length);
        var pages = Math.Max(1, (choices.Count + rows - 1) / rows);
        page = Math.Clamp(page, 0, pages - 1);
        var words = new StringBuilder(lead);
        var commands = ImmutableArray.CreateBuilder<string>();
        foreach (var choice in choices.Skip(page * rows).Take(rows))
            Add(choice);
        foreach (var choice in pinned)
            Add(choice);

        var more = page + 1 < pages;
        if (more)
            words.Append('\n').Append(s_more.Say(page + 1, pages));
        else if (pages > 1)
            words.Append('\n').Append(s_end.Say());
        return new(Reply.Say(words.ToString()), commands.ToImmutable(), more);

        void Add(Choice choice)
        {
            commands.Add(choice.Command);
            words.Append('\n').Append(commands.Count).Append(". ").Append(Shortened(choice.Label));
        }
    }

    /// <summary>The words of a message that we send by ourselves, with a list short enough for one page.</summary>
    public static string Under(string lead, IReadOnlyList<Choice> choices) => ((Reply.Text)Page(lead, choices, 0).Reply).Content;

    // Nine labels of this length and a lead stay below the 600 characters that fit a phone's screen.
    internal static string Shortened(string label)
    {
        if (label.Length <= LongestLabel)
            return label;
        var end = char.IsHighSurrogate(label[LongestLabel - 2]) ? LongestLabel - 2 : LongestLabel - 1;
        return $"{label.AsSpan(0, end)}…";
    }
}
