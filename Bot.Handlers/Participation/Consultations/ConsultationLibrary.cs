using System.Collections.Immutable;
using Bot.Data.Consultations;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>The consultations that are not over, in memory, the first to close first; swapped whole when they change.</summary>
public sealed class ConsultationLibrary
{
    // A handful: looking through them is as quick as any table of them.
    private volatile IReadOnlyList<PublishedConsultation> _all = [];

    public void Replace(IReadOnlyList<PublishedConsultation> consultations) => _all = [.. consultations];

    public ImmutableArray<PublishedConsultation> OpenAt(DateTimeOffset now) => [.. _all.Where(c => c.StateAt(now) is ConsultationState.Open)];

    public PublishedConsultation? Find(long id) => _all.FirstOrDefault(c => c.Id == id);
}
