using System.Runtime.CompilerServices;
using Bot.Host.Settings;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.Options;

namespace Bot.Host.Operation.Doctor;

/// <summary>The account's side: secret and whitelist, rights, menu, and whether the platform's network reaches us.</summary>
internal sealed class WeChatChecks(
    IAccessTokens tokens, IPlatform platform, ITemplates templates, IMenus menus, IConfiguration settings, IOptions<WeChatOptions> options, TimeProvider clock) : IDoctorCheck
{
    private const int NotWhitelisted = 40164;
    private const string Official = "https://api.weixin.qq.com";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<DoctorLine> RunAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (SettingsCheck.IsDemo(settings) && string.IsNullOrEmpty(settings["WeChat:ApiBaseUrl"]))
        {
            yield return DoctorLine.Skipped("微信接口", "演示模式使用内置模拟器");
            yield break;
        }

        yield return await ReachAsync(ct);
        var token = await tokens.GetAsync(ct);
        yield return token.Ok ? DoctorLine.Well("AppID 与 AppSecret", "已取得 access_token") : TokenFault(token.Error);
        if (!token.Ok)
            yield break;

        var callers = await platform.CallbackAddressesAsync(ct);
        yield return callers.Ok ? DoctorLine.Well("接口调用与 IP 白名单", $"微信共有 {callers.Value.Count} 个回调地址") : Refused("接口调用与 IP 白名单", callers.Error);
        var letters = await templates.ListAsync(ct);
        yield return !letters.Ok ? Refused("模板消息权限", letters.Error)
            : letters.Value.Count == 0 ? DoctorLine.Doubtful("模板消息权限", "有权限，但还没有模板", "在 mp.weixin.qq.com 的 广告与服务 → 模板消息 中添加模板")
            : DoctorLine.Well("模板消息权限", $"{letters.Value.Count} 个模板");
        var menu = await menus.GetAsync(ct);
        yield return !menu.Ok ? Refused("自定义菜单权限", menu.Error)
            : menu.Value.Default.Count == 0 ? DoctorLine.Doubtful("自定义菜单权限", "有权限，但还没有菜单", "在管理后台的 自定义菜单 中编辑并发布")
            : DoctorLine.Well("自定义菜单权限", $"{menu.Value.Default.Count} 个一级菜单");
        var network = await platform.CheckCallbackAsync("all", "DEFAULT", ct);
        yield return !network.Ok ? Refused("微信到回调域名的网络", network.Error)
            : network.Value.Ping.FirstOrDefault(p => p.PackageLoss is not ("" or "0%")) is { } lossy
                ? DoctorLine.Doubtful("微信到回调域名的网络", $"{lossy.Ip} 丢包 {lossy.PackageLoss}", "检查域名解析、带宽和防火墙是否放行微信的回调地址")
            : DoctorLine.Well("微信到回调域名的网络", string.Join("、", network.Value.Ping.Select(p => $"{p.Ip} {p.Time}").Take(3)));
    }

    // Their clock is in every answer: the signature of a callback holds their time, and ours is compared with it.
    private async Task<DoctorLine> ReachAsync(CancellationToken ct)
    {
        const string name = "微信服务器与时钟";
        var address = options.Value.ApiBaseUrl is { Length: > 0 } own ? own : Official;
        try
        {
            using var client = new HttpClient { Timeout = s_patience };
            using var answer = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.Headers.Date is not { } theirs)
                return DoctorLine.Well(name, "可以连接");
            var drift = clock.GetUtcNow() - theirs;
            var window = options.Value.TimestampWindow;
            return window > TimeSpan.Zero && drift.Duration() > window / 2
                ? DoctorLine.Ill(name, $"本机与微信相差 {drift.Duration().TotalSeconds:0} 秒", "启用 chrony 或 NTP：超出 WeChat:TimestampWindow 的回调会被拒绝")
                : DoctorLine.Well(name, $"可以连接，时钟相差 {drift.Duration().TotalSeconds:0} 秒");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return DoctorLine.Ill(name, $"连不上 {address}（{e.GetType().Name}）", "检查本机能否访问外网、DNS 和出口防火墙是否放行 443 端口");
        }
    }

    private static DoctorLine TokenFault(ApiError fault) => fault.Code switch
    {
        NotWhitelisted => DoctorLine.Ill("IP 白名单", fault.Message, "在 设置与开发 → 基本配置 → IP白名单 中加入上述出口 IP"),
        40013 => DoctorLine.Ill("AppID 与 AppSecret", fault.ForStaff, "核对 WeChat:AppId，见 设置与开发 → 基本配置"),
        40001 or 40125 => DoctorLine.Ill("AppID 与 AppSecret", fault.ForStaff, "核对 WeChat:AppSecret；忘记了可在 设置与开发 → 基本配置 中重置"),
        _ => Refused("AppID 与 AppSecret", fault),
    };

    private static DoctorLine Refused(string name, ApiError fault) =>
        DoctorLine.Ill(name, $"{fault.Code}：{fault.ForStaff}", fault.Code is 48001 ? "账号没有这项权限：需已认证的服务号，并在 接口权限 中开通" : $"{fault.Message}");
}
