using Bot.Data.Articles;
using Bot.Handlers.Desk;

namespace Bot.Handlers.Publishing;

/// <summary>What WeChat would refuse, told in a clerk's words before anything is sent.</summary>
public sealed class PushCheck(IArticleFiles files, MassQuota quota, AccountProfile account)
{
    /// <returns>Empty when it may go.</returns>
    public async Task<IReadOnlyList<string>> FaultsAsync(ArticleContent content, PushKind kind, int? tag, CancellationToken ct)
    {
        List<string> faults = [];
        if (account.PublicBaseUrl.Length == 0)
            faults.Add("还没有设置本系统的公网地址（Bot:PublicBaseUrl），微信文章里的“阅读原文”无处可去。请联系管理员设置。");
        if (content.Cover is null)
            faults.Add("没有封面图。微信图文必须有封面，请先上传。");
        if (content.Author.Length > WeChatArticle.LongestAuthor)
            faults.Add($"作者有 {content.Author.Length} 个字，微信最多 {WeChatArticle.LongestAuthor} 个字。");
        var length = WeChatArticle.Content(content, static id => id).Length;
        if (length >= WeChatArticle.LongestContent)
            faults.Add($"正文连同格式有 {length} 个字符，微信最多 {WeChatArticle.LongestContent} 个。请精简正文，或把长表格放进附件。");
        var named = WeChatArticle.PicturesIn(content.Body).Concat(content.Cover is { } cover ? [cover] : []).Distinct().ToArray();
        if ((await files.DescribeAsync(named, ct)).Count < named.Length)
            faults.Add("正文里有图片已经找不到，请重新插入。");
        if (kind is PushKind.Mass && (await quota.ReadAsync(ct)).FaultOf(tag) is { } used)
            faults.Add(used);
        return faults;
    }

    /// <returns>What is worth knowing but hinders nothing.</returns>
    public static IReadOnlyList<string> Hints(ArticleContent content)
    {
        List<string> hints = [];
        if (content.Title.Length > WeChatArticle.SafeTitle)
            hints.Add($"标题有 {content.Title.Length} 个字，超过 {WeChatArticle.SafeTitle} 个字时微信可能不收，列表里也会被截断。");
        if (content.Attachments.Count > 0)
            hints.Add("微信文章里不能带附件，读者点“阅读原文”到本系统页面下载。");
        return hints;
    }
}
