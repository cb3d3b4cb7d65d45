using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;
using Bot.Handlers.Privacy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class PictureSealingTests
{
    [Test]
    public async Task One_that_cannot_be_sealed_keeps_back_none_behind_it_and_comes_again_the_next_night()
    {
        var (pictures, clock) = (new Three(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 3, 0, 0, TimeSpan.FromHours(8))));
        var outcome = await new PictureSealing(pictures, clock, NullLogger<PictureSealing>.Instance)
            .RunAsync(new Job(1, IOpenPictures.JobKind, "nightly", "{}", 1, Guid.NewGuid()), default);
        Assert.That(outcome, Is.EqualTo(new JobOutcome.Again(clock.GetUtcNow().AddDays(1))));
        Assert.That(pictures.Tried, Is.EqualTo(new[] { 1L, 2, 3 }));
    }

    // The store does not give the first.
    private sealed class Three : IOpenPictures
    {
        public List<long> Tried { get; } = [];

        public Task<OpenPicture?> SealNextAsync(OpenPicture? after, CancellationToken ct)
        {
            var next = (after?.Row ?? 0) + 1;
            if (next > 3)
                return Task.FromResult<OpenPicture?>(null);
            Tried.Add(next);
            return Task.FromResult<OpenPicture?>(new(0, next, next == 1 ? new HttpRequestException("500") : null));
        }

        public Task<int> SealAnewAsync(Action<string> tell, CancellationToken ct) => throw new NotSupportedException();
    }
}
