using Bot.WeChat;
using Bot.WeChat.Api;

namespace Bot.Tests.WeChat.Api;

/// <summary>The fixtures' calls as our client makes them; the names are the fixtures'.</summary>
internal static class DocumentedCalls
{
    private const string Template = "tmplAAAA0000000000000000000000000000000000001";
    private const string Agent = "window03@gov_demo";
    private const string Article = "ARTICLEIDexample0001";
    private static readonly OpenId First = new("oGov0Test0User0000000000001x");
    private static readonly OpenId Second = new("oGov0Test0User0000000000002y");
    private static readonly MiniProgramLink Case = new("wxabcdef1234567890", "pages/case?id=1");
    private static readonly MediaFile Picture = MediaFile.Of("a.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF]);
    private static readonly WebGrant Grant = new(First, "snsapi_base", "OAUTH_TOKEN", "REFRESH", DateTimeOffset.MaxValue, null, false);
    private static readonly OfficialArticle Guide = new(
        "居住证办理指南", "<p>正文</p>", "perm_img_0001", "政务服务", "材料与流程", "https://www.example.gov.cn/jzz");

    private static readonly MenuButton[] Menu =
    [
        MenuButton.Click("办事预约", "MENU_APPOINTMENT"),
        MenuButton.Group(
            "办事服务",
            MenuButton.View("办事指南", "https://www.example.gov.cn/guide"),
            MenuButton.MiniProgram("粤办事", "https://www.example.gov.cn", "wxabcdef1234567890", "pages/index/index"),
            MenuButton.ScanCode("扫码查件", "MENU_SCAN_WAIT", waits: true)),
        MenuButton.Group(
            "我要互动",
            MenuButton.SelectLocation("附近大厅", "MENU_LOC"),
            MenuButton.PhotoOrAlbum("随手拍", "MENU_ALBUM"),
            MenuButton.Article("最新公告", Article)),
    ];

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["thing1"] = "居住证办理", ["phrase2"] = "审核通过", ["time3"] = "2025年1月1日 10:00", ["character_string4"] = "GD20250101001",
    };

    private static readonly CustomerMessage[] Messages =
    [
        new CustomerMessage.Text("您好，您的申请已受理。"),
        new CustomerMessage.Image("media_img_0001"),
        new CustomerMessage.Voice("media_voice_0001"),
        new CustomerMessage.Video("media_video_0001", "media_thumb_0001", "办事流程", "两分钟看懂"),
        new CustomerMessage.Music("https://www.example.gov.cn/a.mp3", "https://www.example.gov.cn/a-hq.mp3", "media_thumb_0001", "政务播报", "今日播报"),
        new CustomerMessage.News("居住证办理指南", "材料与流程", "https://www.example.gov.cn/jzz", "https://www.example.gov.cn/p.jpg"),
        new CustomerMessage.MpNews("media_news_0001"),
        new CustomerMessage.MpNewsArticle(Article),
        new CustomerMessage.Menu("您对本次服务是否满意？", [new("101", "满意"), new("102", "不满意")], "感谢您的评价"),
        new CustomerMessage.Card("card0001"),
        new CustomerMessage.MiniProgram("在线办理", "wxabcdef1234567890", "pages/index/index", "media_thumb_0001"),
        new CustomerMessage.Text("以指定客服发送"),
    ];

    public static IEnumerable<(string Name, Func<ApiClient, Task<Outcome>> Call)> All =>
    [
        .. Messages.Select((m, i) => For<ICustomerMessages, Done>($"custom-send/{i}", a => a.SendAsync(First, m, default, i == 11 ? Agent : null))),
        For<ICustomerMessages, Done>("custom-typing", a => a.TypingAsync(First, typing: true, default)),
        For<ITemplates, long>("template-send", a => a.SendAsync(
            new(First, Template, Fields) { Url = "https://www.example.gov.cn/case/GD20250101001", MiniProgram = Case, ClientMsgId = "case-GD20250101001-step2" }, default)),
        For<ITemplates, IReadOnlyList<TemplateInfo>>("template-list", a => a.ListAsync(default)),
        For<ITemplates, string>("template-add", a => a.AddAsync("43213", ["申请事项", "办理进度", "更新时间"], default)),
        For<ITemplates, Done>("template-delete", a => a.DeleteAsync(Template, default)),
        For<ISubscriptions, Done>("subscribe-bizsend", a => a.SendAsync(
            new(First, Template, new Dictionary<string, string> { ["thing1"] = "居住证办理", ["phrase2"] = "审核通过", ["time3"] = "2025-01-01 10:00" }, "https://www.example.gov.cn/case/1", Case), default)),
        For<ISubscriptions, IReadOnlyList<ServiceCategory>>("newtmpl-getcategory", a => a.CategoriesAsync(default)),
        For<ISubscriptions, PublicTitlePage>("newtmpl-getpubtemplatetitles", a => a.PublicTitlesAsync([616], 0, 30, default)),
        For<ISubscriptions, IReadOnlyList<PublicKeyword>>("newtmpl-getpubtemplatekeywords", a => a.PublicKeywordsAsync("9901", default)),
        For<ISubscriptions, IReadOnlyList<SubscriptionTemplate>>("newtmpl-gettemplate", a => a.ListAsync(default)),
        For<ISubscriptions, string>("newtmpl-addtemplate", a => a.AddAsync("9901", [1, 2, 3], "办件进度变化时通知", default)),
        For<ISubscriptions, Done>("newtmpl-deltemplate", a => a.DeleteAsync(Template, default)),
        For<IMenus, Done>("menu-create", a => a.CreateAsync(Menu, default)),
        For<IMenus, AccountMenus>("menu-get", a => a.GetAsync(default)),
        For<IMenus, Done>("menu-delete", a => a.DeleteAsync(default)),
        For<IMenus, string>("menu-addconditional", a => a.AddConditionalAsync(Menu, new("134", "2"), default)),
        For<IMenus, Done>("menu-delconditional", a => a.DeleteConditionalAsync("208379533", default)),
        For<IMenus, IReadOnlyList<MenuButton>>("menu-trymatch", a => a.TryMatchAsync(First, default)),
        For<IMenus, CurrentMenu>("menu-current-selfmenu", a => a.CurrentAsync(default)),
        For<IMedia, string>("media-upload", a => a.UploadAsync(MediaKind.Image, Picture, default)),
        For<IMedia, string>("media-uploadimg", a => a.UploadArticlePictureAsync(Picture, default)),
        For<IMedia, PermanentMedia>("material-add", a => a.AddPermanentAsync(MediaKind.Image, Picture, null, default)),
        For<IMedia, Done>("material-del", a => a.DeletePermanentAsync("perm_img_0001", default)),
        For<IQrCodes, QrTicket>("qrcode-create/0", a => a.CreateAsync(QrScene.Temporary(123, TimeSpan.FromDays(7)), default)),
        For<IQrCodes, QrTicket>("qrcode-create/1", a => a.CreateAsync(QrScene.Temporary("hall_window_03", TimeSpan.FromDays(30)), default)),
        For<IQrCodes, QrTicket>("qrcode-create/2", a => a.CreateAsync(QrScene.Permanent(1), default)),
        For<IQrCodes, QrTicket>("qrcode-create/3", a => a.CreateAsync(QrScene.Permanent("hall_window_03"), default)),
        For<IUsers, Follower>("user-info", a => a.InfoAsync(First, default)),
        For<IUsers, IReadOnlyList<Follower>>("user-info-batchget", a => a.InfoAsync([First, Second], default)),
        For<IUsers, OpenIdPage>("user-get", a => a.ListAsync(null, default)),
        For<IUsers, Done>("user-remark", a => a.RemarkAsync(First, "居住证申请人", default)),
        For<IUsers, Done>("blacklist-add", a => a.BlockAsync([Second], default)),
        For<IUsers, Done>("blacklist-remove", a => a.UnblockAsync([Second], default)),
        For<IUsers, OpenIdPage>("blacklist-get", a => a.BlockedAsync(null, default)),
        For<ITags, Tag>("tags-create", a => a.CreateAsync("居住证", default)),
        For<ITags, IReadOnlyList<Tag>>("tags-get", a => a.ListAsync(default)),
        For<ITags, Done>("tags-update", a => a.RenameAsync(134, "居住证办理", default)),
        For<ITags, Done>("tags-delete", a => a.DeleteAsync(134, default)),
        For<ITags, Done>("tags-batchtagging", a => a.GiveAsync(134, [First, Second], default)),
        For<ITags, Done>("tags-batchuntagging", a => a.TakeAsync(134, [First], default)),
        For<ITags, IReadOnlyList<int>>("tags-getidlist", a => a.OfAsync(First, default)),
        For<ITags, OpenIdPage>("user-tag-get", a => a.FollowersAsync(134, null, default)),
        For<IServiceDesk, IReadOnlyList<Agent>>("kf-list", a => a.AgentsAsync(default)),
        For<IServiceDesk, IReadOnlyList<OnlineAgent>>("kf-online", a => a.OnlineAsync(default)),
        For<IServiceDesk, Done>("kfaccount-add", a => a.AddAsync(Agent, "3号窗口", default)),
        For<IServiceDesk, Done>("kfaccount-update", a => a.RenameAsync(Agent, "3号窗口(证照)", default)),
        For<IServiceDesk, Done>("kfaccount-inviteworker", a => a.InviteAsync(Agent, "worker_wx", default)),
        For<IServiceDesk, Done>("kfaccount-del", a => a.RemoveAsync(Agent, default)),
        For<IServiceDesk, Done>("kfsession-create", a => a.OpenSessionAsync(Agent, First, default)),
        For<IServiceDesk, Done>("kfsession-close", a => a.CloseSessionAsync(Agent, First, default)),
        For<IServiceDesk, Session>("kfsession-get", a => a.SessionOfAsync(First, default)),
        For<IServiceDesk, IReadOnlyList<CitizenInSession>>("kfsession-list", a => a.SessionsAsync(Agent, default)),
        For<IServiceDesk, WaitingCitizens>("kfsession-waitcase", a => a.WaitingAsync(default)),
        For<IServiceDesk, DeskRecords>("kf-msgrecord", a => a.RecordsAsync(
            DateTimeOffset.FromUnixTimeSeconds(1735660800), DateTimeOffset.FromUnixTimeSeconds(1735689600), 1, default)),
        For<IMassMessages, MassReceipt>("mass-sendall/0", a => a.SendToTagAsync(134, new MassContent.Article("draft_0001"), "mass-2025-01-01-a", default)),
        For<IMassMessages, MassReceipt>("mass-sendall/1", a => a.SendToAllAsync(new MassContent.Text("停水通知"), null, default)),
        For<IMassMessages, MassReceipt>("mass-sendall/2", a => a.SendToTagAsync(134, new MassContent.Images(["perm_img_0001"], "政策图解"), null, default)),
        For<IMassMessages, MassReceipt>("mass-send", a => a.SendToAsync([First, Second], new MassContent.Article("draft_0001"), null, default)),
        For<IMassMessages, Done>("mass-preview", a => a.PreviewAsync(First, new MassContent.Article("draft_0001"), default)),
        For<IMassMessages, string>("mass-get", a => a.StatusAsync(34182, default)),
        For<IMassMessages, Done>("mass-delete", a => a.DeleteAsync(34182, 0, default)),
        For<IMassMessages, Done>("mass-speed-set", a => a.SetSpeedAsync(1, default)),
        For<IDrafts, string>("draft-add", a => a.AddAsync([Guide], default)),
        For<IDrafts, Done>("draft-update", a => a.UpdateAsync("draft_0001", 0, Guide, default)),
        For<IDrafts, IReadOnlyList<OfficialArticle>>("draft-get", a => a.GetAsync("draft_0001", default)),
        For<IDrafts, Done>("draft-delete", a => a.DeleteAsync("draft_0001", default)),
        For<IDrafts, int>("draft-count", a => a.CountAsync(default)),
        For<IDrafts, ArticlePage>("draft-batchget", a => a.ListAsync(0, 20, withContent: false, default)),
        For<IPublishing, string>("freepublish-submit", a => a.SubmitAsync("draft_0001", default)),
        For<IPublishing, PublishStatus>("freepublish-get", a => a.StatusAsync("2247503051", default)),
        For<IPublishing, IReadOnlyList<OfficialArticle>>("freepublish-getarticle", a => a.GetAsync(Article, default)),
        For<IPublishing, ArticlePage>("freepublish-batchget", a => a.ListAsync(0, 20, withContent: false, default)),
        For<IPublishing, Done>("freepublish-delete", a => a.DeleteAsync(Article, 1, default)),
        For<IWebAuthorization, WebGrant>("oauth-access-token", a => a.ExchangeAsync("CODE", default)),
        For<IWebAuthorization, WebGrant>("oauth-refresh-token", a => a.RefreshAsync(Grant, default)),
        For<IWebAuthorization, Done>("oauth-check", a => a.CheckAsync(Grant, default)),
        For<IWebAuthorization, WebUser>("oauth-userinfo", a => a.UserAsync(Grant, default)),
        For<IJsSdk, JsConfig>("ticket-getticket", a => a.SignAsync("https://www.example.gov.cn/", default)),
        For<IPlatform, IReadOnlyList<string>>("getcallbackip", a => a.CallbackAddressesAsync(default)),
        For<IPlatform, IReadOnlyList<string>>("get-api-domain-ip", a => a.ApiAddressesAsync(default)),
        For<IPlatform, NetworkCheck>("callback-check", a => a.CheckCallbackAsync("all", "DEFAULT", default)),
        For<IPlatform, Done>("clear-quota", a => a.ClearQuotaAsync(default)),
        For<IPlatform, ApiQuota>("quota-get", a => a.QuotaAsync("/cgi-bin/message/custom/send", default)),
        For<IPlatform, CallRecord>("rid-get", a => a.ExplainAsync("6776a1b2-0c1d2e3f-4a5b6c7d", default)),
        For<IAccessTokens, StoredToken>("stable-token", a => a.GetAsync(default).AsTask()),
    ];

    /// <summary>Documented, but the bot has no use for them, or they have a test of their own.</summary>
    public static string[] Elsewhere =>
    [
        "clear-quota-v2", "media-get", "oauth-authorize", "showqrcode",                             // tests of their own
        "token", "template-subscribe-once", "template-send-legacy", "semantic-search",             // superseded: stable_token, bizsend, no colours
        "template-set-industry", "template-get-industry", "shorten-gen", "shorten-fetch",          // set once by hand; our links are short
        "material-get", "material-batchget", "material-count", "media-get-jssdk",                  // the bot keeps its own files
        "voice-add", "voice-query", "voice-translate",                                             // recognition comes with the message
    ];

    private static (string, Func<ApiClient, Task<Outcome>>) For<TApi, T>(string name, Func<TApi, Task<ApiResult<T>>> call)
        where TApi : notnull => (name, async client => Outcome.Of(await call(client.Get<TApi>())));
}

internal sealed record Outcome(object? Value, ApiError? Error)
{
    public static Outcome Of<T>(ApiResult<T> result) => new(result.Value, result.Error);
}
