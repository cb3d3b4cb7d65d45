using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Handlers;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>What is filled in to write a notice.</summary>
public abstract class NoticeForm : ConsolePage
{
    public const string One = RecipientChoice.One;
    public const string Table = RecipientChoice.Table;
    public const string Kept = RecipientChoice.Kept;

    [BindProperty(SupportsGet = true), StringLength(128)]
    public string? Template { get; set; }

    [BindProperty]
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>The draft that is written anew.</summary>
    [BindProperty(SupportsGet = true), StringLength(21)]
    public string? From { get; set; }

    /// <summary>What came to nothing, to be written anew.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Composing { get; set; }

    /// <summary>one, file, kept, or a group's kind.</summary>
    [BindProperty(SupportsGet = true), StringLength(20)]
    public string Kind { get; set; } = One;

    [BindProperty, StringLength(128)]
    public string? To { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public bool Again { get; set; }

    /// <summary>By the group's kind.</summary>
    [BindProperty(SupportsGet = true)]
    public Dictionary<string, string> Choice { get; set; } = [];

    [BindProperty(SupportsGet = true), StringLength(1024)]
    public string? Link { get; set; }

    [BindProperty, Told]
    public DateTime? At { get; set; }

    /// <summary>Not sent after this.</summary>
    [BindProperty, Told]
    public DateTime? Until { get; set; }

    [BindProperty]
    public bool Urgent { get; set; }

    /// <summary>Of the template's fields those that were filled in.</summary>
    protected Dictionary<string, string> Written(TemplateVersion template) =>
        template.Fields.Where(f => Fields.GetValueOrDefault(f.Name) is { Length: > 0 }).ToDictionary(f => f.Name, f => Fields[f.Name].Trim());

    protected void FillIn(ComposingWish wish)
    {
        (Kind, Link, Urgent, Fields) = (wish.Kind, wish.Link, wish.Urgent, wish.Fields.ToDictionary());
        (At, Until) = (wish.At?.ToOffset(Beijing.Offset).DateTime, wish.Until?.ToOffset(Beijing.Offset).DateTime);
        if (wish.Choice is { } choice)
            Choice[wish.Kind] = choice;
    }

    /// <param name="sample">Null when its rows differ: what a file says of each is not shown as if it held for all.</param>
    protected void FillIn(Notice old, bool mayKeep, NoticeSample? sample)
    {
        (Kind, Link, Urgent) = (mayKeep ? Kept : One, old.Url, old.Lane is NoticeLane.Urgent);
        (At, Until) = (old.ScheduledAt?.ToOffset(Beijing.Offset).DateTime, old.ExpiresAt?.ToOffset(Beijing.Offset).DateTime);
        if (sample is not null)
            Fields = sample.Data.ToDictionary();
    }
}
