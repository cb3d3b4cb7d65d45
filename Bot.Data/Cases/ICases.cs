using Bot.WeChat;

namespace Bot.Data.Cases;

/// <summary>Cases as citizens file and follow them. Whose case it is, is found by a keyed hash and kept sealed.</summary>
public interface ICases
{
    /// <summary>The job that calls <see cref="TickAsync"/>; its data is the case's id.</summary>
    public const string ClockJob = "case.clock";

    /// <summary>Files it once a run, however often and on however many hosts it is asked.</summary>
    Task<CaseFile> FileAsync(NewCase filing, CancellationToken ct);

    /// <summary>What this citizen filed or joined, newest first.</summary>
    Task<IReadOnlyList<CaseFile>> MineAsync(OpenId citizen, int limit, CancellationToken ct);

    /// <param name="key">A number of the citizen's own, or anybody's <see cref="SealedCode"/>.</param>
    /// <returns>Null when it is not theirs.</returns>
    Task<CitizenCase?> FindAsync(OpenId citizen, string key, CancellationToken ct);

    /// <summary>The code of the sealed report that a run filed. The same confirmation, twice, shows the same one.</summary>
    Task<SealedCode> CodeAsync(Guid run, CancellationToken ct);

    /// <summary>Adds, withdraws, rates or reopens; once a run. Only who filed it may, or who has the code.</summary>
    Task<CaseOutcome> ActAsync(OpenId citizen, string key, CaseAct act, Guid run, CancellationToken ct);

    /// <summary>Open cases of the same category that sound alike and lie near; not reports, and not the citizen's own. The likest first.</summary>
    Task<IReadOnlyList<SimilarCase>> SimilarAsync(OpenId citizen, string category, string story, double latitude, double longitude, CancellationToken ct);

    /// <summary>The citizen is told of its progress from now on.</summary>
    /// <returns>Null when it is not open any more.</returns>
    Task<CaseFile?> JoinAsync(OpenId citizen, long caseId, Guid run, CancellationToken ct);

    /// <summary>Time does what is due.</summary>
    /// <returns>When it has something to do next; null: never.</returns>
    Task<DateTimeOffset?> TickAsync(long caseId, CancellationToken ct);
}

/// <param name="Run">Of the form.</param>
/// <param name="Citizen">Null for another system's, and for a sealed report.</param>
/// <param name="Story">As written, 1 to 30,000 characters.</param>
/// <param name="Answers">To the category's extra questions.</param>
/// <param name="Contact">Name and telephone as written; empty for none.</param>
/// <param name="Publish">Whether the citizen agrees that it may become public.</param>
public sealed record NewCase(
    Guid Run, OpenId? Citizen, CaseKind Kind, string Category, string Story, IReadOnlyList<CaseAnswer> Answers, double? Latitude, double? Longitude,
    string Address, bool Anonymous, string Contact, bool Publish)
{
    /// <summary>A report of nobody's: its code alone leads back to it.</summary>
    public bool Sealed { get; init; }

    /// <summary>Of a request for information: one of <see cref="Disclosure.Applicants"/>.</summary>
    public string? Applicant { get; init; }
}

public sealed record CaseAnswer(string Prompt, string Answer);

/// <param name="Owner">False: they joined it, and learn of its progress only.</param>
/// <param name="Timeline">What the citizen may read, oldest first.</param>
public sealed record CitizenCase(CaseFile File, bool Owner, IReadOnlyList<CaseEntry> Timeline, int Photos);

/// <param name="Metres">As the crow flies.</param>
/// <param name="Likeness">0 to 1.</param>
public sealed record SimilarCase(long Id, string Number, string Story, string Address, CaseState State, DateTimeOffset FiledAt, double Metres, double Likeness);

/// <summary>Writes what a citizen is told of a step in a case's life.</summary>
public interface ICaseLetters
{
    /// <param name="owner">False for one who joined the case: they read no words that were meant for who filed it.</param>
    /// <returns>Null for what is not told.</returns>
    CaseLetter? Write(CaseFile file, CaseEntry entry, CaseCategory category, bool owner);
}

/// <param name="Words">At most 2000 characters.</param>
/// <param name="Data">The template's fields.</param>
public sealed record CaseLetter(string Words, string Template, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>The commands behind 1, 2, 3… at the end of the words.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The commands behind the numbers that the template's fields name.</summary>
    public IReadOnlyList<string> NoticeChoices { get; init; } = [];
}

/// <summary>The categories and departments in force; replaced whole when content changes.</summary>
public sealed class CaseCatalogue
{
    public IReadOnlyList<CaseCategory> Categories { get; private set; } = [];

    public CaseCategory? Find(string code) => Categories.FirstOrDefault(c => c.Code == code);

    public IEnumerable<CaseCategory> Of(CaseKind kind) => Categories.Where(c => c.Active && c.Kind == kind);

    /// <summary>What somebody who tells of a problem would complain about; null when no keyword of a complaint occurs.</summary>
    public CaseCategory? MatterIn(string words) =>
        Of(CaseKind.Complaint).Select(c => (Category: c, Hits: Hits(c, words))).Where(c => c.Hits > 0).OrderByDescending(c => c.Hits).ThenBy(c => c.Category.Sort)
            .FirstOrDefault().Category;

    /// <summary>How many of a category's keywords occur.</summary>
    public static int Hits(CaseCategory category, string words) => category.Keywords.Count(k => words.Contains(k, StringComparison.OrdinalIgnoreCase));

    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>The department's name; 受理中心 for none.</summary>
    public string NameOf(string? department) => department is null ? "受理中心" : Departments.GetValueOrDefault(department, department);

    public void Replace(IReadOnlyList<CaseCategory> categories, IReadOnlyDictionary<string, string> departments) =>
        (Categories, Departments) = (categories, departments);
}
