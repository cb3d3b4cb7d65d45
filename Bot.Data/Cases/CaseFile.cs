namespace Bot.Data.Cases;

/// <summary>A case as handlers know it: nothing in it tells who filed it.</summary>
public sealed record CaseFile
{
    public long Id { get; init; }

    /// <summary>Such as <c>TS20261122-0007-3</c>.</summary>
    public required string Number { get; init; }

    public CaseKind Kind { get; init; }

    /// <summary>Its code.</summary>
    public required string Category { get; init; }

    public CaseState State { get; init; }

    /// <summary>Numbers of identity documents are masked.</summary>
    public required string Story { get; init; }

    /// <summary>The extra questions and their answers, as JSON.</summary>
    public string Answers { get; init; } = "[]";

    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string Address { get; init; } = "";

    /// <summary>The name and the contact are hidden from the handling department.</summary>
    public bool Anonymous { get; init; }

    public bool HasContact { get; init; }
    public string? Department { get; init; }

    /// <summary>The department that a report is about: it never sees it.</summary>
    public string? About { get; init; }

    /// <summary>A staff name.</summary>
    public string? Assignee { get; init; }

    /// <summary>Who answered before it was reopened.</summary>
    public IReadOnlyList<string> AnsweredBy { get; init; } = [];

    public int Dispatches { get; init; }
    public int Returns { get; init; }
    public int Reopened { get; init; }
    public DateTimeOffset FiledAt { get; init; }
    public DateTimeOffset AcceptBy { get; init; }
    public DateTimeOffset AnswerBy { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Since when the clock stands still.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>0 none, 1 warned, 2 overdue.</summary>
    public int Escalation { get; init; }

    public string? ReplyPending { get; init; }
    public string? ReplyBy { get; init; }
    public int? ExtensionDays { get; init; }
    public string? ExtensionWhy { get; init; }
    public string? ExtensionBy { get; init; }
    public int Extensions { get; init; }

    /// <summary>The newest answer.</summary>
    public string? Reply { get; init; }

    public long? MergedInto { get; init; }
    public int? Rating { get; init; }
    public string? RatingWords { get; init; }
    public DateTimeOffset? RatedAt { get; init; }
    public bool CallBackDue { get; init; }

    /// <summary>Somebody filed it whom we can ask for a rating; another system's cases have nobody.</summary>
    public bool HasCitizen { get; init; } = true;

    /// <summary>Nobody's: whoever reported it reads and writes here by a code.</summary>
    public bool Sealed { get; init; }

    /// <summary>One of <see cref="Disclosure.Applicants"/>; null for all but requests for information.</summary>
    public string? Applicant { get; init; }

    /// <summary>One of <see cref="Disclosure.Decisions"/>; of an answer that may still wait for a second person.</summary>
    public string? Decision { get; init; }

    /// <summary>How many go with the answer, which may still wait for a second person.</summary>
    public int Documents { get; init; }

    /// <summary>When 补正 was asked for.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Until when we wait for a correction or a fee.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>信息处理费, in fen.</summary>
    public int? Fee { get; init; }

    public DateTimeOffset? FeePaidAt { get; init; }

    /// <summary>What came of a suggestion; null while nothing did.</summary>
    public string? Adopted { get; init; }

    public DateTimeOffset? AdoptedAt { get; init; }

    /// <summary>Who wrote what stands there now, by the timeline; null while nobody did.</summary>
    public string? AdoptedBy { get; init; }

    public CasePublicity Publicity { get; init; }
    public string? PublicTitle { get; init; }
    public string? PublicStory { get; init; }
    public string? PublicReply { get; init; }
    public string? PublicBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public int Version { get; init; } = 1;
}

/// <summary>A line of a case's timeline.</summary>
/// <param name="Actor">A staff name, <see cref="Citizen"/> or <see cref="System"/>.</param>
/// <param name="Act">As <see cref="CaseAct.Name"/>.</param>
/// <param name="State">After it.</param>
/// <param name="Shown">Whether the citizen reads it.</param>
public sealed record CaseEntry(string Actor, string Act, CaseState State, string? Department, string Words, bool Shown)
{
    public const string Citizen = "citizen";
    public const string System = "system";

    public DateTimeOffset At { get; init; }

    /// <summary>Of the citizen's form that caused it.</summary>
    public Guid? Run { get; init; }
}
