namespace Bot.Data.Policies;

/// <summary>What became of a document, for those who subscribed to its category; the data of a job of kind <see cref="JobKind"/>.</summary>
public sealed record PolicyNews(string PolicyId, PolicyChange Change)
{
    public const string JobKind = "policy.news";

    /// <summary>Publishes what was issued for later; its key is the document's id and the copy's revision.</summary>
    public const string PublishJobKind = "policy.publish";
}

/// <summary>新发布, 已修订, 已失效.</summary>
public enum PolicyChange { Published, Amended, Lapsed }
