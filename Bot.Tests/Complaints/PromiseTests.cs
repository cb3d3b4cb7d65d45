using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

public sealed class PromiseTests : CaseFixture
{
    [Test]
    public async Task Deadlines_are_kept_or_missed_by_what_fell_due_and_a_stopped_clock_misses_none()
    {
        var (day, now) = (TimeSpan.FromDays(1), Chat.Clock.GetUtcNow().ToUniversalTime());
        await CaseAsync(now + day, "filed");
        await CaseAsync(now - day, "handling");
        await CaseAsync(now - day, "dispatched", paused: now - 2 * day);
        await CaseAsync(now - 3 * day, "closed", answered: now - 2 * day);
        await CaseAsync(now - 3 * day, "rating", answered: now - 4 * day);
        await CaseAsync(now - 3 * day, "withdrawn");
        await CaseAsync(now - 40 * day, "closed", answered: now - 2 * day);
        Assert.That(await Chat.Get<ICaseFigures>().PromiseAsync(30 * day, default), Is.EqualTo(new CasePromise(Open: 3, Overdue: 1, FellDue: 3, Missed: 2)));
    }

    private async Task CaseAsync(DateTimeOffset answerBy, string state, DateTimeOffset? answered = null, DateTimeOffset? paused = null) => await ExecuteAsync(
        "update case_file set answer_by = @answerBy, state = @state, answered_at = @answered, paused_at = @paused where number = @number",
        new { answerBy, state, answered, paused, number = (await Cases.FileAsync(Filing(story: $"路灯不亮 {Guid.NewGuid()}"), default)).Number });
}
