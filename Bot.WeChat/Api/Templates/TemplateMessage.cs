using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <param name="Data">Field name to value, both as <see cref="TemplateField"/> found them fit.</param>
public sealed record TemplateMessage(OpenId To, string TemplateId, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>Opened on a tap; without it and <see cref="MiniProgram"/> the notice leads nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>Preferred to <see cref="Url"/> by clients that know mini-programs.</summary>
    public MiniProgramLink? MiniProgram { get; init; }

    /// <summary>
    /// The platform sends the same openid and id once within 10 minutes, and only with one set is a message repeated whose outcome is
    /// unknown. The platform does not promise it for longer.
    /// </summary>
    public string? ClientMsgId { get; init; }
}

/// <param name="AppId">A mini-program linked to the account, else 40166.</param>
public sealed record MiniProgramLink(
    [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("pagepath")] string PagePath);
