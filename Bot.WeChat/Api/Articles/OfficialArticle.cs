using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <param name="Title">At most 32 characters to be safe: sources say 32 and 64.</param>
/// <param name="Content">HTML of at most 20,000 characters; pictures from <see cref="IMedia.UploadArticlePictureAsync"/> only.</param>
/// <param name="ThumbMediaId">A permanent picture.</param>
/// <param name="Author">At most 8 characters to be safe.</param>
/// <param name="Digest">At most 120 characters.</param>
/// <param name="ContentSourceUrl">Behind 阅读原文.</param>
/// <param name="Url">Only read.</param>
/// <param name="Deleted">Only read, of published articles.</param>
public sealed record OfficialArticle(
    string Title,
    string Content,
    string ThumbMediaId,
    string? Author = null,
    string? Digest = null,
    string? ContentSourceUrl = null,
    [property: JsonConverter(typeof(OneIsTrue))] bool NeedOpenComment = false,
    [property: JsonConverter(typeof(OneIsTrue))] bool OnlyFansCanComment = false,
    string? Url = null,
    [property: JsonPropertyName("is_deleted")] bool? Deleted = null);

/// <param name="Total">Of all pages.</param>
public sealed record ArticlePage(int Total, IReadOnlyList<ArticleGroup> Groups);

/// <param name="Id">The media id of a draft, the article id of something published.</param>
/// <param name="UpdateTime">Seconds since 1970-01-01 UTC.</param>
public sealed record ArticleGroup(string Id, IReadOnlyList<OfficialArticle> Articles, long UpdateTime);

/// <param name="Status">0 ok, 1 running, 2 originality, 3 failure, 4 refused, 5 deleted by the user, 6 banned.</param>
/// <param name="ArticleId">Null until published.</param>
/// <param name="FailedIndexes">From 1.</param>
public sealed record PublishStatus(int Status, string? ArticleId, IReadOnlyList<string> Urls, IReadOnlyList<int> FailedIndexes);
