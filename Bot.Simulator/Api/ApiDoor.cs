using System.Diagnostics;
using System.Text;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>The HTTP side of the API: reads the call, lets faults strike, writes the answer and the journal.</summary>
internal sealed class ApiDoor(SimulatorOptions options, ApiDesk desk, Faults faults, Journal journal)
{
    public async Task ServeAsync(HttpContext context, string path)
    {
        var started = Stopwatch.GetTimestamp();
        ApiCall call;
        try
        {
            call = await ApiCall.ReadAsync(context, path);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            await WriteAsync(context, desk.Refuse(47001));
            return;
        }
        var fault = faults.StrikesCall(path);
        var sent = fault is null ? await AnswerAsync(context, call) : await FailAsync(context, call, fault);
        journal.Write(new JournalEntry(
            "call", $"{call.Method} {path}", sent.Outcome, sent.Good, OpenIdIn(call), Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            $"{call.Method} {path}{context.Request.QueryString}\n\n{BodyText(call)}", sent.Text));
    }

    private async Task<Sent> AnswerAsync(HttpContext context, ApiCall call)
    {
        var answer = desk.Answer(call);
        if (answer.HeldBack > TimeSpan.Zero)
            await Task.Delay(answer.HeldBack);
        await WriteAsync(context, answer);
        return new(answer.Code == 0 ? "成功" : $"{answer.Code} {(string?)answer.Body?["errmsg"]}", ErrorTexts.IsNormal(answer.Code), answer.Text);
    }

    private async Task<Sent> FailAsync(HttpContext context, ApiCall call, FaultRule fault)
    {
        var answer = fault.Kind switch
        {
            FaultKind.Busy => desk.Refuse(-1),
            FaultKind.MinuteQuota => desk.Refuse(45011),
            FaultKind.ErrorCode => desk.Refuse(fault.Code ?? -1),
            FaultKind.TokenInvalid => Invalidated(call),
            _ => null,
        };
        if (answer is not null)
        {
            await WriteAsync(context, answer);
            return new($"故障：{answer.Code}", false, answer.Text);
        }
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(options.SlowAnswer, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var late = await AnswerAsync(context, call);
                return late with { Outcome = $"故障：延迟 {options.SlowAnswer.TotalSeconds:0.#} 秒；{late.Outcome}" };
            case FaultKind.AnswerLost:
                var lost = desk.Answer(call);
                context.Abort();
                return new("故障：已执行，应答丢失", false, lost.Text);
            case FaultKind.Truncated:
                var text = desk.Answer(call).Text;
                await WriteAsync(context, 200, "application/json; encoding=utf-8", text[..(text.Length / 2)]);
                return new("故障：已执行，应答被截断", false, text[..(text.Length / 2)]);
            case FaultKind.HtmlPage:
                await WriteAsync(context, 200, "text/html; charset=utf-8", "<html><body><h1>系统维护中</h1></body></html>");
                return new("故障：返回网页", false, "<html>…");
            case FaultKind.BadGateway:
                await WriteAsync(context, 502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>");
                return new("故障：HTTP 502", false, "502");
            default:
                context.Abort();
                return new("故障：连接被重置", false, "");
        }
    }

    private ApiAnswer Invalidated(ApiCall call)
    {
        desk.InvalidateToken(call);
        return desk.Refuse(40001);
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
            return;
        }
        if (answer.FileName is { } name)
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (answer.Bytes is null)
        {
            await WriteAsync(context, answer.Status, answer.ContentType, answer.Text);
            return;
        }
        response.ContentType = answer.ContentType;
        await response.Body.WriteAsync(answer.Bytes);
    }

    private static async Task WriteAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private static string BodyText(ApiCall call) => call.File is { } file
        ? $"（文件 {file.FileName}，{file.Bytes.Length} 字节）"
        : Encoding.UTF8.GetString(call.Body);

    private static string OpenIdIn(ApiCall call)
    {
        if (call["openid"] is { } openId)
            return openId;
        try
        {
            return call.Body.Length > 0 && call.Json["touser"] is System.Text.Json.Nodes.JsonValue v && v.TryGetValue(out string? to) ? to : "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "";
        }
    }

    private sealed record Sent(string Outcome, bool Good, string Text);
}
