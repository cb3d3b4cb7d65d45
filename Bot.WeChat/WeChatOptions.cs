using System.ComponentModel.DataAnnotations;

namespace Bot.WeChat;

/// <summary>The official account that this bot answers for; section <c>WeChat</c>.</summary>
public sealed class WeChatOptions
{
    public const string Section = "WeChat";

    /// <summary>The account's appid, from 设置与开发 → 基本配置.</summary>
    [Required, RegularExpression("^wx[0-9a-zA-Z]{16}$")]
    public string AppId { get; set; } = "";

    [Required, RegularExpression("^[0-9a-zA-Z]{16,64}$")]
    public string AppSecret { get; set; } = "";

    /// <summary>Shared with the account's callback settings: 3 to 32 letters, digits, <c>_</c> or <c>-</c>.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{3,32}$")]
    public string Token { get; set; } = "";

    /// <summary>43 letters or digits; decodes to the 32-byte AES key.</summary>
    [Required, RegularExpression("^[A-Za-z0-9+/]{43}$")]
    public string EncodingAESKey { get; set; } = "";

    /// <summary>The key before the last change; messages under way at the change are still read. Empty: none.</summary>
    [RegularExpression("^([A-Za-z0-9+/]{43})?$")]
    public string PreviousEncodingAESKey { get; set; } = "";

    /// <summary>What the account's settings say. In <c>safe</c> a message that is not encrypted is refused.</summary>
    public WeChatMode Mode { get; set; } = WeChatMode.Safe;

    /// <summary>Where the API is called; empty is the platform's own address, and the simulator in demo mode.</summary>
    public string ApiBaseUrl { get; set; } = "";

    /// <summary>How far a callback's timestamp may be from our clock, either way; zero switches the check off.</summary>
    public TimeSpan TimestampWindow { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>消息加解密方式: 明文, 兼容, 安全.</summary>
public enum WeChatMode { Plain, Compat, Safe }
