using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Content;

/// <summary>Fills an empty installation in demo mode, so that there is something to ask for.</summary>
internal sealed class DemoContent(IOptions<BotOptions> options, IEnumerable<IDemoPart> parts)
{
    public async Task LoadAsync(CancellationToken ct)
    {
        if (!options.Value.Demo)
            return;
        foreach (var part in parts)
            await part.LoadAsync(ct);
    }
}

/// <summary>Content of one kind; where there is some already, it adds nothing.</summary>
internal interface IDemoPart
{
    Task LoadAsync(CancellationToken ct);
}
