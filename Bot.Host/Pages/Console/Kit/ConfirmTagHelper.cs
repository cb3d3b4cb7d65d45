using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary>Without script, too, an act asks before it is done: what console.js says in a dialog is a box to tick, and no browser sends the form before.</summary>
[HtmlTargetElement("button", Attributes = Asks)]
public sealed class ConfirmTagHelper : TagHelper
{
    private const string Asks = "data-confirm";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.PreElement.AppendHtml("<noscript><label class=\"check asks\"><input type=\"checkbox\" required><span>");
        // What Razor put together is encoded already.
        if (context.AllAttributes[Asks].Value is IHtmlContent words)
            output.PreElement.AppendHtml(words);
        else
            output.PreElement.Append(context.AllAttributes[Asks].Value?.ToString());
        output.PreElement.AppendHtml("</span></label></noscript>");
    }
}
