using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary>
/// A label, the control within, a hint, and what is wrong with it: <c>&lt;field for="Input.Name" label="姓名" hint="…"&gt;&lt;input asp-for="Input.Name"&gt;&lt;/field&gt;</c>.
/// </summary>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper(IHtmlGenerator html) : TagHelper
{
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>Whether it must be filled in; shown only.</summary>
    public bool Need { get; set; }

    public bool Wide { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var control = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", Wide ? "field wide" : "field");
        var label = new TagBuilder("label");
        label.Attributes["for"] = TagBuilder.CreateSanitizedId(ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name), "_");
        if (Need)
            label.AddCssClass("need");
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(label).AppendHtml(control);
        if (Hint is not null)
        {
            var hint = new TagBuilder("p");
            hint.AddCssClass("hint");
            hint.InnerHtml.Append(Hint);
            output.Content.AppendHtml(hint);
        }

        output.Content.AppendHtml(html.GenerateValidationMessage(ViewContext, For.ModelExplorer, For.Name, null, "span", new { role = "alert" }));
    }
}
