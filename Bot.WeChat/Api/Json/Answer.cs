using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>What every JSON answer may carry; parsed in one pass with the fields that the call asked for.</summary>
/// <remarks>Set and not init: the serializer fills init-only properties through boxed arguments.</remarks>
internal class Answer
{
    /// <summary>Absent or 0 is success, whatever the HTTP status and content type.</summary>
    [JsonPropertyName("errcode")]
    public int ErrCode { get; set; }

    [JsonPropertyName("errmsg")]
    public string? ErrMsg { get; set; }

    [JsonIgnore]
    public virtual bool Succeeded => ErrCode == 0;
}
