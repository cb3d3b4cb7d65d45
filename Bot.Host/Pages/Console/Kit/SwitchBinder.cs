using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Bot.Host.Pages.Console;

/// <summary>A tick or none. What a browser never sends in its place is noted, and the form refused: the framework could not even show it again.</summary>
internal sealed class SwitchBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(bool) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        // A ticked box sends true and, behind it, the false that every box sends.
        if (bindingContext.ValueProvider.GetValue(bindingContext.ModelName).FirstValue is not { } sent)
            return Task.CompletedTask;
        if (!bool.TryParse(sent, out var on) && sent.Length > 0)
            bindingContext.HttpContext.Items[typeof(SwitchBinder)] = true;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, on, on ? "true" : "false");
        bindingContext.Result = ModelBindingResult.Success(on);
        return Task.CompletedTask;
    }
}
