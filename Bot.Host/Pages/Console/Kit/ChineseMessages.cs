using System.ComponentModel.DataAnnotations;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Bot.Host.Pages.Console;

/// <summary>What a field says when it is not filled in right, unless its attribute has words of its own.</summary>
internal sealed class ChineseMessages : IValidationMetadataProvider, IDisplayMetadataProvider
{
    public static void Configure(MvcOptions mvc)
    {
        mvc.ModelMetadataDetailsProviders.Add(new ChineseMessages());
        var words = mvc.ModelBindingMessageProvider;
        words.SetAttemptedValueIsInvalidAccessor((_, _) => "格式不对，请重新填写");
        words.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "格式不对，请重新填写");
        words.SetUnknownValueIsInvalidAccessor(_ => "格式不对，请重新填写");
        words.SetNonPropertyUnknownValueIsInvalidAccessor(() => "格式不对，请重新填写");
        words.SetValueIsInvalidAccessor(_ => "格式不对，请重新填写");
        words.SetValueMustNotBeNullAccessor(_ => "请填写");
        words.SetMissingBindRequiredValueAccessor(_ => "请填写");
        words.SetMissingKeyOrValueAccessor(() => "请填写");
        words.SetMissingRequestBodyRequiredValueAccessor(() => "请填写");
        words.SetValueMustBeANumberAccessor(_ => "请填写数字");
        words.SetNonPropertyValueMustBeANumberAccessor(() => "请填写数字");
    }

    // A text field that was left empty is an empty text: a page need not ask for null where the type allows none.
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.ModelType == typeof(string) && context.Key.ContainerType?.Namespace?.StartsWith("Bot.Host.Pages.Console", StringComparison.Ordinal) == true)
            context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>().Where(a => a is { ErrorMessage: null, ErrorMessageResourceName: null }))
        {
            attribute.ErrorMessage = attribute switch
            {
                RequiredAttribute => "请填写",
                StringLengthAttribute { MinimumLength: > 0 } length => $"请填写 {length.MinimumLength} 至 {length.MaximumLength} 个字",
                StringLengthAttribute length => $"最多 {length.MaximumLength} 个字",
                MaxLengthAttribute length => $"最多 {length.Length} 个",
                MinLengthAttribute length => $"至少 {length.Length} 个",
                RangeAttribute range => $"请填写 {range.Minimum} 至 {range.Maximum}",
                MeantAttribute meant => $"请核对年份：{meant.First} 至 {Beijing.LastYear} 年",
                UrlAttribute => "请填写 http 或 https 开头的网址",
                _ => "格式不对，请重新填写",
            };
        }
    }
}
