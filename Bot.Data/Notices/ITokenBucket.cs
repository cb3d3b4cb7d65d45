namespace Bot.Data.Notices;

/// <summary>A rate shared by all hosts.</summary>
public interface ITokenBucket
{
    /// <summary>Reserves <paramref name="count"/> sends.</summary>
    /// <param name="perSecond">Positive.</param>
    /// <returns>How long to wait before they may be used; zero when at once.</returns>
    ValueTask<TimeSpan> ReserveAsync(string name, int count, int perSecond);
}
