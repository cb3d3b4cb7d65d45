using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>Sends forged or strange pushes beside an honest one, as switched on, and notes whether the bot saw through them.</summary>
internal sealed class Forger(SimulatorOptions options, Line line, PushFactory pushes, Faults faults)
{
    private static readonly FaultKind[] Forgeries =
        [FaultKind.StaleTimestamp, FaultKind.Tampered, FaultKind.WrongAppId, FaultKind.Dtd, FaultKind.HugeBody];

    public async Task AnnoyAsync(Push honest, CancellationToken ct)
    {
        if (faults.StrikesPush(FaultKind.UnknownEvent))
            await SendUnknownAsync(honest.OpenId, ct);
        foreach (var forgery in Forgeries)
        {
            if (faults.StrikesPush(forgery))
                await SendAsync(forgery, honest.OpenId, ct);
        }
    }

    /// <returns>Whether the bot refused it.</returns>
    public async Task<bool> SendAsync(FaultKind forgery, string openId, CancellationToken ct)
    {
        // Plain mode carries no appid and JSON no document type: there is nothing to forge.
        if ((forgery == FaultKind.WrongAppId && options.Mode == WeChat.WeChatMode.Plain) ||
            (forgery == FaultKind.Dtd && options.Format == CallbackFormat.Json))
            return true;
        var push = pushes.Text(openId, "伪造的消息");
        if (forgery == FaultKind.HugeBody)
            push = pushes.Text(openId, "伪造");
        var answer = await line.SendAsync(push, forgery, ct);
        var refused = answer.Status is not 200 and < 500;
        line.Note(push, $"伪造推送：{Name(forgery)}", refused ? $"已被拒绝（{Status(answer)}）" : $"没有被拒绝（{Status(answer)}）", refused, answer, "");
        return refused;
    }

    private async Task SendUnknownAsync(string openId, CancellationToken ct)
    {
        var push = pushes.Unknown(openId);
        var answer = await line.SendAsync(push, null, ct);
        line.Note(push, push.Title, answer.Fault ?? "已应答", answer.Fault is null, answer, "");
    }

    private static string Status(Answer answer) => answer.Status == 0 ? "连接中断" : $"HTTP {answer.Status}";

    private static string Name(FaultKind forgery) => forgery switch
    {
        FaultKind.StaleTimestamp => "一小时前的时间戳",
        FaultKind.Tampered => "密文或签名被改动",
        FaultKind.WrongAppId => "别人的 AppId",
        FaultKind.Dtd => "带 DTD 的 XML",
        _ => "1 MB 的消息体",
    };
}
