using Bot.Simulator.Api;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Control;

/// <summary>The whole picture that a page starts from.</summary>
internal sealed class WorldState(
    SimulatorOptions options, Citizens citizens, AccountMenu menu, Templates templates, QrCodes codes, Faults faults,
    VirtualClock clock, CallbackAddress address, ApiDesk desk)
{
    private const int Listed = 300;

    public object Read()
    {
        lock (citizens.Gate)
        {
            return new
            {
                Account = new { Name = options.AccountName, Id = options.Account },
                Citizens = citizens.All.OrderByDescending(c => c.LastSeen).Take(Listed).Select(citizens.Summary).ToList(),
                Total = citizens.All.Count,
                Followers = citizens.All.Count(c => c.Follows),
                Menu = menu.Buttons?.DeepClone(),
                Templates = templates.All.Select(t => new { t.Id, t.Title, t.Content }).ToList(),
                Codes = codes.Valid.Select(c => c.Scene).Distinct().ToList(),
                Faults = faults.All,
                Clock = Clock(),
                Paths = desk.Paths.ToList(),
                Settings = Settings(),
                Help = options.HelpNotes,
            };
        }
    }

    public object Clock() => new
    {
        Now = clock.Now.ToUnixTimeMilliseconds(),
        OffsetMinutes = Math.Round(clock.Offset.TotalMinutes, 2),
        clock.ShiftsCallbacks,
    };

    /// <summary>Names and values as they are in force; the secret is not among them.</summary>
    public IReadOnlyDictionary<string, string> Settings() => new Dictionary<string, string>
    {
        ["AppId"] = options.AppId,
        ["原始 ID"] = options.Account,
        ["回调地址"] = address.Callback?.ToString() ?? "（未设置）",
        ["消息加解密"] = options.Mode switch { WeChat.WeChatMode.Plain => "明文模式", WeChat.WeChatMode.Compat => "兼容模式", _ => "安全模式" },
        ["数据格式"] = options.Format.ToString().ToUpperInvariant(),
        ["每次投递等待"] = $"{options.DeliveryTimeout.TotalSeconds:0.###} 秒",
        ["总投递次数"] = $"{options.Deliveries}",
        ["客服消息条数"] = $"发消息后 {options.Limits.CustomAfterMessage} 条 / {options.Limits.CustomWindowAfterMessage.TotalHours:0.#} 小时；" +
            $"点菜单、关注、扫码后 {options.Limits.CustomAfterTap} 条 / {options.Limits.CustomWindowAfterTap.TotalMinutes:0.#} 分钟",
        ["文本回复上限"] = $"{options.Limits.ReplyTextBytes} 字节",
        ["图片上限"] = $"{options.Limits.ImageBytes / 1024} KB",
        ["拒绝 \\u 转义"] = options.Limits.RefuseJsonEscapes ? "是" : "否",
        ["随机种子"] = $"{options.Seed}",
    };
}
