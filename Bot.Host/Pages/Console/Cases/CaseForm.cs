using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Data.Staff;
using Bot.Handlers.Policies;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>What the forms of a case send, and what they mean.</summary>
public sealed record CaseForm
{
    public const int LongestWords = 5000;

    public string Act { get; init; } = "";
    public int Version { get; init; }

    /// <summary>A department, or a department and a person of it: <c>urban/zhao</c>.</summary>
    public string? To { get; init; }
    public string? Words { get; init; }
    public string? Department { get; init; }
    public string? Person { get; init; }
    public int Days { get; init; }
    public string? Into { get; init; }
    public bool Reached { get; init; }

    /// <summary>Of a request for information.</summary>
    public string? Decision { get; init; }

    /// <summary>Yuan.</summary>
    public decimal Fee { get; init; }

    /// <summary>0 for an amount that cannot be.</summary>
    public int Fen => Fee is > 0 and <= Disclosure.MostFee / 100 ? (int)(Fee * 100) : 0;

    /// <summary>Documents that go with the answer, and ids of those that stay with it.</summary>
    public List<IFormFile> Uploads { get; init; } = [];
    public long[] Kept { get; init; } = [];

    public string? Title { get; init; }
    public string? Reply { get; init; }

    public bool IsTooLong => Words?.Trim().Length > LongestWords || Reply?.Trim().Length > LongestWords;

    /// <summary>The act that is meant; null for one that nobody can mean.</summary>
    public async Task<CaseAct?> ReadAsync(ICaseDesk desk, StaffMember me, CancellationToken ct)
    {
        var words = (Words ?? "").Trim();
        return Act switch
        {
            "accept" => new CaseAct.Accept(words),
            "refuse" => new CaseAct.Refuse(words),
            "dispatch" when To?.Split('/') is [{ Length: > 0 } to, ..] parts => new CaseAct.Dispatch(to, await ColleagueAsync(desk, to, parts.ElementAtOrDefault(1), ct), words),
            "return" => new CaseAct.Return(words),
            "take" => new CaseAct.Take(),
            "assign" when await ColleagueAsync(desk, Blank(Department), Person, ct) is { } person => new CaseAct.Assign(person),
            "ask" => new CaseAct.Ask(words),
            "reply" => new CaseAct.Reply(words, Blank(Decision)) { Kept = Kept },
            "charge" => new CaseAct.Charge(Fen, words),
            "paid" => new CaseAct.Paid(),
            "approve_reply" => new CaseAct.ApproveReply(),
            "reject_reply" => new CaseAct.RejectReply(words),
            "ask_extension" => new CaseAct.AskExtension(Days, words),
            "grant_extension" => new CaseAct.GrantExtension(),
            "deny_extension" => new CaseAct.DenyExtension(words),
            "merge" when PublicNumber.TryParse(Into ?? "") is { } into && await desk.FindAsync(into.Text, me, ct) is { } other => new CaseAct.Merge(other.File.Id, into.Text),
            "merge" => new CaseAct.Merge(0, Into ?? ""),
            "take_back" => new CaseAct.TakeBack(words),
            "note" => new CaseAct.Note(words),
            "call" => new CaseAct.Call(Reached, words),
            "concern" => new CaseAct.Concern(Blank(Department)),
            "adopt" => new CaseAct.Adopt(words),
            "redact" => new CaseAct.Redact((Title ?? "").Trim(), words, (Reply ?? "").Trim()),
            "publish" => new CaseAct.Publish(),
            "unpublish" => new CaseAct.Unpublish(words),
            _ => null,
        };
    }

    /// <summary>What was uploaded, or what is wrong with the first that cannot be: all of them are looked at before one is kept.</summary>
    public async Task<(IReadOnlyList<NewDocument> Documents, string? Problem)> DocumentsAsync(CancellationToken ct)
    {
        List<NewDocument> documents = [];
        foreach (var upload in Uploads)
        {
            using MemoryStream content = new();
            await upload.CopyToAsync(content, ct);
            var bytes = content.ToArray();
            var (type, name, fault) = AttachmentTypes.Check(upload.FileName, bytes);
            if (fault is not null)
                return ([], $"{name}：{fault}");
            documents.Add(new(name, type, bytes));
        }

        return (documents, null);
    }

    private static async Task<StaffMember?> ColleagueAsync(ICaseDesk desk, string? department, string? name, CancellationToken ct) =>
        string.IsNullOrEmpty(name) ? null : (await desk.ColleaguesAsync(department, ct)).FirstOrDefault(c => c.Name == name);

    private static string? Blank(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
