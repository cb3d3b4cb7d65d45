using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary>Every form that posts carries the key by which it acts once, and the token against forgery also where it names its address itself.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class FormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.PostContent.AppendHtml($"<input type=\"hidden\" name=\"{FormOnceFilter.Field}\" value=\"{Guid.NewGuid():N}\">");

        // Without an address ASP.NET Core's own form helper adds it.
        if (context.AllAttributes["action"]?.Value?.ToString() is { Length: > 0 } && !context.AllAttributes.ContainsName("asp-antiforgery"))
            output.PostContent.AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
    }
}
