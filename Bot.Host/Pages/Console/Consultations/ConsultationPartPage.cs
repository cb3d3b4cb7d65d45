using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One part of a draft, on which citizens comment by itself.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class ConsultationPartPage(IConsultationDesk desk, IConsultations consultations, TimeProvider clock) : ConsolePage
{
    private const string New = "new";

    public override string Title => Old is null ? "添加章节" : "修改章节";

    public override IReadOnlyList<Crumb> Trail => [new("民意征集", ConsultationsPage.Path), new(Draft.Paper.Title, ConsultationPage.PathOf(Draft.Consultation.Id))];

    public ConsultationDraft Draft { get; private set; } = null!;

    public ConsultationPart? Old { get; private set; }

    [BindProperty]
    public ConsultationPartForm Input { get; set; } = new();

    public static string NewPath(long id) => PathOf(id, New);

    public static string PathOf(long id, string key) => string.Create(CultureInfo.InvariantCulture, $"{ConsultationsPage.Path}/{id}/parts/{key}");

    public async Task<IActionResult> OnGetAsync(long id, string key, CancellationToken ct)
    {
        if (!await LoadAsync(id, key, ct))
            return NotFound();
        Input = new() { Title = Old?.Title ?? "", Text = Old?.Text ?? "", Revision = Draft.Consultation.Revision };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string key, CancellationToken ct)
    {
        if (!await LoadAsync(id, key, ct))
            return NotFound();
        if (!ModelState.IsValid)
            return Page();
        var parts = Draft.Paper.Parts.ToList();
        if (Old is null && parts.Count >= ConsultationPaper.MostParts)
            return Refuse($"最多 {ConsultationPaper.MostParts} 章。");
        ConsultationPart part = new(Old?.Key ?? await NextKeyAsync(ct), Input.Title.ReplaceLineEndings(" ").Trim(), Input.Text.ReplaceLineEndings("\n").Trim());
        if (Old is null)
            parts.Add(part);
        else
            parts[parts.FindIndex(p => p.Key == key)] = part;
        return await desk.SaveAsync(id, Input.Revision, Draft.Paper with { Parts = parts }, Me, ct) is ConsultationSaved.Saved
            ? GoTo(ConsultationPage.PathOf(id), "已保存")
            : Refuse("这次征集刚被他人修改，请返回后刷新再改。");
    }

    private async Task<string> NextKeyAsync(CancellationToken ct)
    {
        var before = (await consultations.FindAsync(Draft.Consultation.Id, ct))?.Versions.SelectMany(v => v.Paper.Parts) ?? [];
        return PieceKey.Next('s', Draft.Paper.Parts.Concat(before).Select(p => p.Key));
    }

    private async Task<bool> LoadAsync(long id, string key, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } draft || draft.Consultation.StateAt(clock.GetUtcNow(), draft.Published?.Paper) is not (ConsultationState.Draft or ConsultationState.Waiting or ConsultationState.Open))
            return false;
        Draft = draft;
        Old = key == New ? null : draft.Paper.Parts.FirstOrDefault(p => p.Key == key);
        return Old is not null || key == New;
    }
}

public sealed class ConsultationPartForm
{
    [Required(ErrorMessage = "请填写章节标题")]
    [StringLength(ConsultationPart.LongestTitle)]
    public string Title { get; set; } = "";

    [Required(ErrorMessage = "请填写正文")]
    [StringLength(ConsultationPart.LongestText)]
    public string Text { get; set; } = "";

    public int Revision { get; set; }
}
