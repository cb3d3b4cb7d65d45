using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers.Messages;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>自动消息: by which of the account's templates each kind of our own messages goes, and what its fields get.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.Administrator)]
public sealed class MessagesPage(IMessageTemplates uses, INoticeTemplates templates) : ConsolePage
{
    public const string Path = "/console/notices/messages";

    public const int LongestWords = 40;

    public override string Title => "自动消息的模板";

    public override string Lead => "市民超过48小时没有说话，微信就不让发客服消息，自动消息改用这里选定的模板。";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path), new("通知模板", NoticeTemplatesPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(40)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public long Template { get; set; }

    /// <summary>By field of the template: a field of the message, or = for fixed words.</summary>
    [BindProperty]
    public Dictionary<string, string?> Source { get; set; } = [];

    [BindProperty]
    public Dictionary<string, string?> Words { get; set; } = [];

    public IReadOnlyList<MessageTemplate> Uses { get; private set; } = [];

    public IReadOnlyList<NoticeTemplate> Templates { get; private set; } = [];

    public bool Changes => Me.Is(StaffRole.Administrator);

    public MessageKind? Kind => MessageKind.Find(Code ?? "");

    /// <summary>The one that is being set up.</summary>
    public NoticeTemplate? Chosen { get; private set; }

    public static string Of(string code) => $"{Path}?code={code}";

    public MessageTemplate? UseOf(MessageKind kind) => Uses.FirstOrDefault(u => u.Code == kind.Code);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var (source, words) = (Source, Words);
        await LoadAsync(ct);
        if (!ModelState.IsValid || Kind is not { } kind || Chosen is not { } template)
            return Refuse("请选择自动消息和模板。");
        (Source, Words) = (source, words);
        Dictionary<string, string> fields = MessageFit.Shown(template.Latest).ToDictionary(
            f => f.Name, f => source.GetValueOrDefault(f.Name) is "=" ? $"={words.GetValueOrDefault(f.Name)?.Trim()}" : source.GetValueOrDefault(f.Name) ?? "", StringComparer.Ordinal);
        if (fields.Values.Any(value => value.Length > LongestWords + 1))
            return Refuse($"固定文字最多 {LongestWords} 个字。");
        if (MessageFit.Problem(kind, new(kind.Code, template, fields)) is { } problem)
            return Refuse($"还不能保存：{problem}。");
        return await uses.SetAsync(kind.Code, template.Id, fields, Me, ct) ? GoTo(Path, $"“{kind.Title}”将用模板“{template.Latest.Title}”发送") : Refuse("没有这个模板。");
    }

    // What is there, or what would suit.
    private async Task LoadAsync(CancellationToken ct)
    {
        Uses = await uses.AllAsync(ct);
        Templates = [.. (await templates.AllAsync(ct)).Where(t => t.Active)];
        if (Kind is not { } kind)
            return;
        var use = UseOf(kind);
        Chosen = Templates.FirstOrDefault(t => Template == 0 ? t.Id == use?.Template.Id : t.Id == Template);
        if (Chosen is null)
            return;
        var fields = use is { Fields.Count: > 0 } && use.Template.Id == Chosen.Id ? use.Fields : MessageFit.Suggest(kind, Chosen.Latest);
        Source = fields.ToDictionary(f => f.Key, f => (string?)(f.Value is [MessageTemplate.Fixed, ..] ? "=" : f.Value));
        Words = fields.Where(f => f.Value is [MessageTemplate.Fixed, ..]).ToDictionary(f => f.Key, f => (string?)f.Value[1..]);
    }
}
