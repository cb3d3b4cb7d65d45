using Bot.Data.Cases;
using Bot.Data.Settings;
using Bot.Handlers.Conversation;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Publishing;
using Bot.Host.Pages.Console.Policies;
using Microsoft.Extensions.Options;

namespace Bot.Host.Settings;

/// <summary>Where the settings that change while the hosts run are read: the one instance of each that everybody holds.</summary>
internal sealed class RunTimeSettings
{
    private readonly Dictionary<string, int> _configured;

    public RunTimeSettings(
        CaseLimits cases, FreshnessRule policies, PublishingOptions publishing, IOptions<NoticesOptions> notices, ConsultationOptions participation, ConversationOptions chat,
        ConsoleOptions console)
    {
        (Cases, Policies, Publishing, Notices, Participation, Chat, Console) = (cases, policies, publishing, notices.Value, participation, chat, console);
        _configured = RunTimeSetting.All.ToDictionary(s => s.Key, s => s.Read(this), StringComparer.Ordinal);
    }

    public CaseLimits Cases { get; }

    public FreshnessRule Policies { get; }

    public PublishingOptions Publishing { get; }

    public NoticesOptions Notices { get; }

    public ConsultationOptions Participation { get; }

    public ConversationOptions Chat { get; }

    public ConsoleOptions Console { get; }

    /// <summary>The configuration's value.</summary>
    public int DefaultOf(RunTimeSetting setting) => _configured[setting.Key];

    /// <summary>What is not stored, or out of bounds by now, has the configuration's value.</summary>
    public void Apply(IReadOnlyList<StoredSetting> stored)
    {
        foreach (var setting in RunTimeSetting.All)
        {
            var value = stored.FirstOrDefault(s => s.Key == setting.Key) is { } own && setting.IsRight(own.Value) ? own.Value : DefaultOf(setting);
            if (setting.Read(this) != value)
                setting.Write(this, value);
        }
    }
}
