using System.Collections.Frozen;
using System.Globalization;

namespace Bot.WeChat.Api;

/// <summary>The platform's errcodes as data: <c>errors.tsv</c> beside this file.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “全局返回码”, and what public clients met.</remarks>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<int, Row> Rows = Read().ToFrozenDictionary(r => r.Code);

    public static IEnumerable<int> Codes => Rows.Keys;

    public static bool Knows(int code) => Rows.ContainsKey(code);

    public static ErrorClass ClassOf(int code) => Rows.TryGetValue(code, out var row) ? row.Class : ClassOfUnknown(code);

    public static Pause PauseOf(int code) => Rows.TryGetValue(code, out var row) ? row.Pause : Pause.None;

    public static string ForStaff(int code) => code switch
    {
        ApiError.NotSentCode => "未能连接微信服务器，消息没有发出",
        ApiError.OutcomeUnknownCode => "微信服务器没有答复，结果未知",
        _ => Rows.TryGetValue(code, out var row) ? row.ForStaff : $"微信返回错误码 {code}",
    };

    // New codes appear without notice. Rights and risk control are for a person, negative codes are the platform's
    // own trouble, and everything else is taken for our mistake, which is never repeated blindly.
    private static ErrorClass ClassOfUnknown(int code) => code switch
    {
        < 0 => ErrorClass.Retry,
        >= 48000 and < 49000 or >= 61000 and < 62000 or >= 89000 and < 90000 => ErrorClass.Alert,
        _ => ErrorClass.FixRequest,
    };

    private static IEnumerable<Row> Read()
    {
        using var stream = typeof(ErrorTable).Assembly.GetManifestResourceStream("Api/errors.tsv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split('\t') is not [var code, var kind, var pause, var words])
                continue;
            yield return new(int.Parse(code, CultureInfo.InvariantCulture), ParseClass(kind), Pauses.Parse(pause), words);
        }
    }

    private static ErrorClass ParseClass(string text) => text switch
    {
        "normal" => ErrorClass.Normal,
        "retry" => ErrorClass.Retry,
        "backoff" => ErrorClass.Backoff,
        "drop-recipient" => ErrorClass.DropRecipient,
        "fix-request" => ErrorClass.FixRequest,
        "alert" => ErrorClass.Alert,
        "refresh-token" => ErrorClass.RefreshToken,
        "reauthorise-user" => ErrorClass.ReauthoriseUser,
        _ => throw new FormatException($"no class is called {text}"),
    };

    private sealed record Row(int Code, ErrorClass Class, Pause Pause, string ForStaff);
}
