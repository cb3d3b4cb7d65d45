using Bot.Data.Staff;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary>What colleagues are called, by the names that they sign in with.</summary>
public sealed class StaffNames(IStaff staff, TimeProvider clock)
{
    private readonly Kept<int, IReadOnlyDictionary<string, string>> _names = new(TimeSpan.FromMinutes(1), clock);

    /// <returns>The name itself for whoever is none of us: another system, or the bot.</returns>
    public async Task<string> OfAsync(string name) =>
        (await _names.GetAsync(0, () => staff.NamesAsync(CancellationToken.None))).GetValueOrDefault(name)
            ?? (name == "bot" ? "机器人" : name == "citizen-message" || name.StartsWith("system:", StringComparison.Ordinal) ? "系统自动" : name);
}

/// <summary><c>&lt;staff-name of="zhidan" /&gt;</c>: what a colleague is called; the sign-in name on pointing.</summary>
[HtmlTargetElement("staff-name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StaffNameTagHelper(StaffNames names) : TagHelper
{
    /// <summary>Null or empty shows a dash.</summary>
    public string? Of { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (string.IsNullOrEmpty(Of))
        {
            output.Content.SetContent("—");
            return;
        }

        output.Attributes.SetAttribute("title", Of);
        output.Content.SetContent(await names.OfAsync(Of));
    }
}
