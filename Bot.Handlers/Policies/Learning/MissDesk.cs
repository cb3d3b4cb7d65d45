using Bot.Data.Policies;
using Bot.Handlers.Desk;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Policies.Learning;

/// <summary>Turns a question without an answer into an alias or a synonym, or names the document that answers it now; whoever waits is told.</summary>
public sealed class MissDesk(PolicyLibrary library, IPolicyWords words, IPolicyMisses misses, AccountProfile account)
{
    private static readonly Text s_answered = Text.Of("policy.answered");

    /// <summary>The document is called so, too.</summary>
    /// <returns>False when the document is not published, or somebody else dealt with the question.</returns>
    public async Task<bool> AliasAsync(string normal, string policyId, string alias, string actor, CancellationToken ct)
    {
        // First: of two clerks one deals with the question.
        if (!await AnsweredAsync(normal, policyId, actor, ct))
            return false;
        await words.AddAliasAsync(policyId, alias, actor, ct);
        return true;
    }

    /// <summary>The citizens' word means the documents' words, too.</summary>
    public async Task<bool> SynonymAsync(string normal, string word, IReadOnlyList<string> means, string policyId, string actor, CancellationToken ct)
    {
        if (!await AnsweredAsync(normal, policyId, actor, ct))
            return false;
        var known = (await words.SynonymsAsync(ct)).FirstOrDefault(s => s.Word == word)?.Means ?? [];
        await words.SetSynonymAsync(word, [.. known.Union(means).Take(PolicySynonym.MostMeans)], actor, ct);
        return true;
    }

    /// <summary>The document answers it: a new one, or one that is found by now.</summary>
    public async Task<bool> AnsweredAsync(string normal, string policyId, string actor, CancellationToken ct)
    {
        if (!library.Shelf.ById.TryGetValue(policyId, out var policy) || await misses.FindAsync(normal, ct) is not { } miss)
            return false;
        var url = account.PublicBaseUrl.Length == 0 ? "" : $"{account.PublicBaseUrl}/p/{policyId}";
        var told = s_answered.Say(ReplyText.Escape(miss.Question), ReplyText.Escape(policy.Title), url);
        return await misses.AnswerAsync(normal, policyId, string.Join('\n', told.Split('\n', StringSplitOptions.RemoveEmptyEntries)), url, actor, ct);
    }
}
