using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Data.Surveys;

/// <summary>One question.</summary>
public sealed record SurveyQuestion
{
    public const int Most = 30;
    public const int LongestText = 100;
    public const int LongestOption = 36;

    /// <summary>All of them fit one screen in the chat, where several numbers are answered at once.</summary>
    public const int MostChoices = 8;
    public const int MostOptions = 20;

    /// <summary>Characters of an answer in one's own words.</summary>
    public const int LongestAnswer = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Stays the same from version to version.</summary>
    public required string Key { get; init; }

    public required SurveyKind Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>Must be answered.</summary>
    public bool Need { get; init; } = true;

    /// <summary>Of 单选, 多选 and 评分; those of 评分 go from worst to best.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Of 数字; null for no bound.</summary>
    public decimal? Least { get; init; }

    public decimal? Greatest { get; init; }

    /// <summary>Asked only after one of these was chosen; null: always.</summary>
    public SurveyCondition? When { get; init; }

    [JsonIgnore]
    public bool HasOptions => Kind is SurveyKind.Single or SurveyKind.Multiple or SurveyKind.Rating;

    public static string Write(IReadOnlyList<SurveyQuestion> questions) => JsonSerializer.Serialize(questions, s_json);

    public static IReadOnlyList<SurveyQuestion> Read(string json) => JsonSerializer.Deserialize<List<SurveyQuestion>>(json, s_json) ?? [];

    /// <returns>Null when a newer release asks in a way that this one does not know.</returns>
    public static IReadOnlyList<SurveyQuestion>? ReadKnown(string json)
    {
        try
        {
            return Read(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Question">Key of a question above with options.</param>
/// <param name="Any">Its options, one of which must have been chosen.</param>
public sealed record SurveyCondition(string Question, IReadOnlyList<string> Any);

public enum SurveyKind
{
    Single,
    Multiple,
    Rating,
    Number,
    Text,
}

/// <summary>What was answered, by the place of the question.</summary>
/// <param name="Picks">A bit for each option chosen; 0 for none.</param>
public sealed record SurveyReplies(long[] Picks, decimal?[] Numbers, string?[] Texts);
