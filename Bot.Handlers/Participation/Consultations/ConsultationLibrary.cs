using System.Collections.Frozen;
using System.Collections.Immutable;
using Bot.Data.Consultations;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>The consultations that are not over, in memory; swapped whole when they change.</summary>
public sealed class ConsultationLibrary
{
    private volatile FrozenDictionary<long, PublishedConsultation> _byId = FrozenDictionary<long, PublishedConsultation>.Empty;
    private ImmutableArray<PublishedConsultation> _all = [];

    public void Replace(IReadOnlyList<PublishedConsultation> consultations) =>
        (_all, _byId) = ([.. consultations], consultations.ToFrozenDictionary(c => c.Id));

    /// <summary>The first to close first.</summary>
    public ImmutableArray<PublishedConsultation> OpenAt(DateTimeOffset now) => [.. _all.Where(c => c.StateAt(now) is ConsultationState.Open)];

    public PublishedConsultation? Find(long id) => _byId.GetValueOrDefault(id);
}
