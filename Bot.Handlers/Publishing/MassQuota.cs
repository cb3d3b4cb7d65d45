using Bot.Data.Articles;

namespace Bot.Handlers.Publishing;

/// <summary>群发次数 as the platform counts them: what a follower may still receive this month, and a message to all only so often a day.</summary>
public sealed class MassQuota(IArticlePushes pushes, PublishingOptions options, TimeProvider clock)
{
    public async Task<MassUse> ReadAsync(CancellationToken ct)
    {
        var today = Beijing.DateOf(clock.GetUtcNow());
        var month = await pushes.MassSinceAsync(Start(new(today.Year, today.Month, 1)), ct);
        var day = await pushes.MassSinceAsync(Start(today), ct);
        return new(month, day.Where(c => c.Tag is null).Sum(c => c.Count), options.MassPerMonth, options.MassToAllPerDay);
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, Beijing.Offset);
}

/// <param name="Month">What went out since the first of the month, in Beijing.</param>
/// <param name="PerMonth">That a follower may receive.</param>
public sealed record MassUse(IReadOnlyList<MassCount> Month, int ToAllToday, int PerMonth, int ToAllPerDay)
{
    private const string Kept = "文章已保留，可以先“发布”（不推送）。";

    public int ToAll { get; } = Month.Where(c => c.Tag is null).Sum(c => c.Count);

    public int ToTags { get; } = Month.Where(c => c.Tag is not null).Sum(c => c.Count);

    public int To(int tag) => Month.Where(c => c.Tag == tag).Sum(c => c.Count);

    /// <param name="tag">Null for all followers.</param>
    /// <returns>Why nobody would receive it; null when it may go.</returns>
    public string? FaultOf(int? tag)
    {
        if (ToAll >= PerMonth)
            return $"本月已经群发给全部粉丝 {ToAll} 次，微信每位粉丝每月最多收到 {PerMonth} 次，下个月才能再发。{Kept}";
        if (tag is null)
            return ToAllToday >= ToAllPerDay ? $"今天已经群发给全部粉丝 {ToAllToday} 次，微信每天最多 {ToAllPerDay} 次，请明天再发，或者改为按标签群发。{Kept}" : null;
        return ToAll + To(tag.Value) >= PerMonth
            ? $"标签“{NameOf(tag.Value)}”的粉丝本月已经收到 {ToAll + To(tag.Value)} 次群发，微信每位粉丝每月最多收到 {PerMonth} 次，下个月才能再发。{Kept}" : null;
    }

    /// <summary>Whom a message to all would not reach; null when it reaches everybody, as far as we can tell.</summary>
    public string? Missed => FaultOf(null) is null && Month.Where(c => c.Tag is { } tag && FaultOf(tag) is not null).ToArray() is { Length: > 0 } full
        ? $"标签{string.Concat(full.Select(c => $"“{c.TagName}”"))}的粉丝本月已经收到 {PerMonth} 次群发，再群发给全部粉丝时，微信不会发给他们。"
        : null;

    private string NameOf(int tag) => Month.First(c => c.Tag == tag).TagName;
}
