using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Bot.Host.Settings;
using Bot.WeChat;
using Microsoft.Extensions.Options;

namespace Bot.Host.Operation.Doctor;

/// <summary>Knocks at our own callback by its public address, as WeChat does when the address is entered; and once with a wrong signature.</summary>
internal sealed class CallbackCheck(IOptions<BotOptions> bot, IOptions<WeChatOptions> weChat, TimeProvider clock) : IDoctorCheck
{
    private const string Name = "回调地址";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<DoctorLine> RunAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (bot.Value.AccountName.Trim().Length == 0 && !bot.Value.Demo)
            yield return DoctorLine.Ill("公众号名称", "没有设置 Bot:AccountName，市民看到的是“政务服务”", "设为公众号的名称，例如 Bot__AccountName=滨海市政务服务");
        var address = bot.Value.PublicBaseUrl.TrimEnd('/');
        if (address.Length == 0)
        {
            yield return DoctorLine.Doubtful(Name, "没有设置 Bot:PublicBaseUrl", "设为市民手机能打开的地址，例如 https://bot.example.gov.cn：回复里的链接以它开头，本项检查也用它");
            yield break;
        }

        yield return address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? DoctorLine.Well("公网地址", address)
            : DoctorLine.Doubtful("公网地址", $"{address} 不是 https", "在反向代理上配置证书，见 deploy/");
        yield return await KnockAsync(address, ct);
    }

    private async Task<DoctorLine> KnockAsync(string address, CancellationToken ct)
    {
        var echo = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = s_patience };
            var (status, body) = await AskAsync(client, address, weChat.Value.Token, echo, ct);
            if (status != HttpStatusCode.OK || body != echo)
                return Wrong(status);
            var (forged, _) = await AskAsync(client, address, weChat.Value.Token + "x", echo, ct);
            return forged == HttpStatusCode.Forbidden
                ? DoctorLine.Well(Name, "可以访问，签名校验正确，伪造的签名被拒绝")
                : DoctorLine.Ill(Name, $"伪造的签名得到 {(int)forged}", "这个地址后面不是本程序，或代理改写了应答");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return DoctorLine.Ill(Name, $"打不开 {address}/wechat/callback（{e.InnerException?.GetType().Name ?? e.GetType().Name}）",
                "先启动服务；再查域名解析、证书、反向代理是否把 443 端口转到本程序");
        }
    }

    private static DoctorLine Wrong(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden => DoctorLine.Ill(Name, "签名被拒绝（403）", "正在运行的服务用的 WeChat:Token 与这里不同，或两边时钟相差太大"),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            DoctorLine.Ill(Name, $"反向代理答复 {(int)status}", "启动服务，并核对代理的转发地址"),
        _ => DoctorLine.Ill(Name, $"答复 {(int)status}", "核对反向代理：/wechat/callback 应原样转到本程序，不跳转、不缓存"),
    };

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, string address, string token, string echo, CancellationToken ct)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var parts = new[] { token, timestamp, echo };
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // The platform's protocol.
        var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
        using var answer = await client.GetAsync(
            new Uri($"{address}/wechat/callback?signature={signature}&timestamp={timestamp}&nonce={echo}&echostr={echo}"), ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }
}
