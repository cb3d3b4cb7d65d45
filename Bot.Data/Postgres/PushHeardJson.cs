using System.Text.Json;
using Bot.Data.Articles;

namespace Bot.Data.Postgres;

internal static class PushHeardJson
{
    public static string Write(PushHeard heard) => JsonSerializer.Serialize(heard, JsonSerializerOptions.Web);

    public static PushHeard Read(string json) =>
        JsonSerializer.Deserialize<PushHeard>(json, JsonSerializerOptions.Web) ?? throw new InvalidDataException("A job event was kept as null");
}
