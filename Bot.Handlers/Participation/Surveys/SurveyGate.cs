using Bot.Data.Surveys;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>Whom a survey is for.</summary>
public interface ISurveyGate
{
    /// <returns>Null: it cannot be told now.</returns>
    Task<bool?> AdmitsAsync(SurveyAudience audience, OpenId citizen, CancellationToken ct);
}

/// <summary>The groups that notices go to are those that surveys are for.</summary>
internal sealed class SurveyGate(IEnumerable<INoticeGroup> groups) : ISurveyGate
{
    public async Task<bool?> AdmitsAsync(SurveyAudience audience, OpenId citizen, CancellationToken ct)
    {
        if (audience.Kind == SurveyAudience.Everyone)
            return true;
        try
        {
            return groups.FirstOrDefault(g => g.Kind == audience.Kind) is { } group ? await group.HasAsync(audience.Choice, citizen, ct) : null;
        }
        catch (NoticeGroupException)
        {
            return null;
        }
    }
}
