using System.Text.Json.Nodes;

namespace Bot.Simulator.World;

/// <summary>One line of a citizen's chat as the page shows it.</summary>
/// <param name="Id">Rises by one within a simulator; the page orders by it.</param>
/// <param name="At">Milliseconds since 1970-01-01 UTC on the virtual clock.</param>
/// <param name="Kind">text, image, voice, video, location, link, news, music, template, menu, card, miniprogram, notice.</param>
/// <param name="Body">The kind's own fields; never changed after it is added.</param>
internal sealed record ChatEntry(long Id, long At, ChatSide Side, string Kind, JsonObject Body)
{
    /// <summary>The journal entry that explains a failure; zero when there is none.</summary>
    public long Journal { get; init; }
}

internal enum ChatSide { Citizen, Account, Platform }
