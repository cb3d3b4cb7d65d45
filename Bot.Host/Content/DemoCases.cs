using System.Collections.Immutable;
using System.Text.Json;
using Bot.Data.Cases;

namespace Bot.Host.Content;

/// <summary>What can be filed in a demo, which departments answer it, and what clerks often write.</summary>
internal sealed class DemoCases(ICaseCategories categories) : IDemoPart
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await categories.AllAsync(ct)).Any(c => c.Department is not null))
            return;
        var entries = await ReadAsync<Entry>("case-categories.json", ct);
        await categories.ImportAsync([.. entries.Select(Category)], await ReadAsync<CasePhrase>("case-phrases.json", ct), ct);
    }

    private static CaseCategory Category(Entry e) => new()
    {
        Code = e.Code, Kind = CaseWords.ReadKind(e.Kind) ?? throw new InvalidDataException($"Demo/case-categories.json: {e.Code} is of no kind"), Name = e.Name,
        Department = e.Department, DepartmentName = e.DepartmentName, Term = new(e.AcceptDays, e.AnswerDays, e.AnswerHours), Questions = e.Questions,
        NeedsApproval = e.NeedsApproval, Keywords = e.Keywords, Sort = e.Sort,
    };

    private static async Task<T[]> ReadAsync<T>(string name, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(s_folder, name));
        return await JsonSerializer.DeserializeAsync<T[]>(file, JsonSerializerOptions.Web, ct) ?? [];
    }

    private sealed record Entry(
        string Code, string Kind, string Name, string Department, string DepartmentName, int AcceptDays, int AnswerDays, int? AnswerHours,
        ImmutableArray<CaseQuestion> Questions, bool NeedsApproval, ImmutableArray<string> Keywords, int Sort);
}
