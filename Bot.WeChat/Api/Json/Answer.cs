using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>What every JSON answer may carry; parsed in one pass with the fields that the call asked for.</summary>
internal class Answer
{
    /// <summary>Absent or 0 is success, whatever the HTTP status and content type.</summary>
    [JsonPropertyName("errcode")]
    public int ErrCode { get; init; }

    [JsonPropertyName("errmsg")]
    public string? ErrMsg { get; init; }

    [JsonIgnore]
    public virtual bool Succeeded => ErrCode == 0;
}
