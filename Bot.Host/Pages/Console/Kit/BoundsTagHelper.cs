using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Handlers;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary>
/// A field for a day, a time or a number says to the browser what the server takes: by its property's [Meant] or [Range], and of days that have no property the years that anybody means.
/// What the page names itself stays. A field for files knows how much the page takes in at once; uploads.js tells who has chosen more.
/// </summary>
[HtmlTargetElement("input", Attributes = "[type=date]", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "[type=month]", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "[type=datetime-local]", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "[type=number]", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "[type=file]", TagStructure = TagStructure.WithoutEndTag)]
public sealed class BoundsTagHelper : TagHelper
{
    // What else a form sends along.
    private const long BesideFiles = 1 << 20;

    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var type = context.AllAttributes["type"].Value.ToString();
        var rules = For?.Metadata.ValidatorMetadata ?? [];
        if (type == "file")
        {
            if (ViewContext.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize is { } most)
                output.Attributes.SetAttribute("data-most", string.Create(CultureInfo.InvariantCulture, $"{most - BesideFiles}"));
            return;
        }

        if (type == "number")
        {
            if (rules.OfType<RangeAttribute>().FirstOrDefault() is { } range)
                Set(output, string.Create(CultureInfo.InvariantCulture, $"{range.Minimum}"), string.Create(CultureInfo.InvariantCulture, $"{range.Maximum}"));
            return;
        }

        var (first, last) = (rules.OfType<MeantAttribute>().FirstOrDefault()?.First ?? Beijing.FirstYear, Beijing.LastYear);
        var (from, to) = type switch { "month" => ("-01", "-12"), "date" => ("-01-01", "-12-31"), _ => ("-01-01T00:00", "-12-31T23:59") };
        Set(output, $"{first}{from}", $"{last}{to}");
    }

    private static void Set(TagHelperOutput output, string least, string most)
    {
        if (!output.Attributes.ContainsName("min"))
            output.Attributes.SetAttribute("min", least);
        if (!output.Attributes.ContainsName("max"))
            output.Attributes.SetAttribute("max", most);
    }
}
