using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bot.WeChat.Api;

/// <summary>How our types look on the wire. Apart from <see cref="ApiJson"/>, whose own fields are set in no certain order.</summary>
internal static class Wire
{
    public static JavaScriptEncoder Encoder { get; } = new RawUtf8Encoder();

    private static readonly JsonSerializerOptions Options = new(ApiJson.Default.Options) { Encoder = Encoder };

    /// <exception cref="NotSupportedException">The type is missing from <see cref="ApiJson"/>.</exception>
    public static JsonTypeInfo<T> Of<T>() => Contract<T>.Info;

    // One look-up a type for the life of the process.
    private static class Contract<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
