namespace Bot.Data.Notices;

/// <summary>Told what becomes of notices, so that the process can count them; must be quick and never throw.</summary>
public interface INoticeWatch
{
    /// <summary>So many recipients now stand there.</summary>
    void Moved(RecipientStatus status, int recipients);
}

internal sealed class NobodyCounts : INoticeWatch
{
    public void Moved(RecipientStatus status, int recipients)
    {
    }
}
