using System.Text.Json;

namespace Bot.Data.Consultations;

/// <summary>民意征集: a draft policy that the public is asked about, without what it says.</summary>
/// <param name="Id">0 for a new one.</param>
/// <param name="SubmittedBy">Who asks a second person to publish what is being written; null while nobody does.</param>
/// <param name="Version">The newest that was published; 0 for none.</param>
/// <param name="StoppedAt">Broken off before its time; null for not.</param>
/// <param name="Report">The words above the points of the closing report.</param>
/// <param name="Revision">Counts changes: who saves over a newer one is told.</param>
public sealed record Consultation(
    long Id, string? SubmittedBy, int Version, DateTimeOffset? StoppedAt, string StoppedWhy, string Report, DateTimeOffset? ReportPublicAt, string MadeBy, int Revision)
{
    public const int LongestReason = 300;
    public const int LongestReport = 3000;

    /// <summary>Why the draft came back from whoever was to publish it; empty once it is submitted anew.</summary>
    public string ReturnedWhy { get; init; } = "";
}

/// <summary>What the public reads.</summary>
/// <param name="Department">Its name, as it signs.</param>
/// <param name="WhyShort">Why there is less time than usual; empty where there is not.</param>
public sealed record ConsultationPaper(
    string Title, string Department, string Background, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string WhyShort, IReadOnlyList<ConsultationPart> Parts)
{
    public const int LongestTitle = 60;
    public const int LongestBackground = 2000;
    public const int LongestWhy = 300;
    public const int MostParts = 30;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public double Days => (ClosesAt - OpensAt).TotalDays;

    /// <param name="key">Of a part; empty for the whole.</param>
    /// <returns>Null where there is no such part.</returns>
    public string? NameOf(string key) => key.Length == 0 ? ConsultationPart.Whole : Parts.FirstOrDefault(p => p.Key == key)?.Title;

    public string Write() => JsonSerializer.Serialize(this, s_json);

    public static ConsultationPaper Read(string json) => JsonSerializer.Deserialize<ConsultationPaper>(json, s_json)!;
}

/// <param name="Key">Stays the same from version to version.</param>
public sealed record ConsultationPart(string Key, string Title, string Text)
{
    public const int LongestTitle = 36;
    public const int LongestText = 5000;

    /// <summary>What a comment on no part in particular is about.</summary>
    public const string Whole = "全文";
}

/// <summary>As it was published: final.</summary>
public sealed record ConsultationVersion(int Version, ConsultationPaper Paper, DateTimeOffset PublishedAt);

/// <param name="Versions">From the first.</param>
public sealed record PublishedConsultation(Consultation Consultation, IReadOnlyList<ConsultationVersion> Versions)
{
    public long Id => Consultation.Id;

    public ConsultationVersion Latest => Versions[^1];

    public ConsultationPaper Paper => Latest.Paper;

    /// <param name="key">Of a part of any version; empty for the whole.</param>
    /// <returns>As it was called last; null where no version has it.</returns>
    public string? NameOf(string key) => Versions.Reverse().Select(v => v.Paper.NameOf(key)).FirstOrDefault(name => name is not null);

    public ConsultationState StateAt(DateTimeOffset now) => Consultation.StateAt(now, Paper);
}

public enum ConsultationState
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>Published; its first day is still to come.</summary>
    Waiting,
    Open,

    /// <summary>Over; the report is being written.</summary>
    Closed,

    /// <summary>Over, and what was adopted is public.</summary>
    Reported,
    Stopped,
}

public static class ConsultationStates
{
    /// <param name="published">The newest that was published; null for none.</param>
    public static ConsultationState StateAt(this Consultation consultation, DateTimeOffset now, ConsultationPaper? published) =>
        published is null ? ConsultationState.Draft
        : consultation.StoppedAt is not null ? ConsultationState.Stopped
        : now < published.OpensAt ? ConsultationState.Waiting
        : now < published.ClosesAt ? ConsultationState.Open
        : consultation.ReportPublicAt is null ? ConsultationState.Closed
        : ConsultationState.Reported;
}
