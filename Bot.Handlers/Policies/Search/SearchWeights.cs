namespace Bot.Handlers.Policies.Search;

/// <summary>How much each kind of evidence counts. Measured on the retrieval test set, see README.md beside this file.</summary>
internal sealed record SearchWeights
{
    public static SearchWeights Default { get; } = new();

    public float Pair { get; init; } = 1f;
    public float Single { get; init; } = 1.3f;

    /// <summary>Sound of Chinese input: finds homophones. Latin input counts as 1.</summary>
    public float Sound { get; init; } = 0.3f;

    public float LatinSound { get; init; } = 1f;
    public float Skip { get; init; } = 0.2f;
    public float Initials { get; init; } = 3f;
    public float Synonym { get; init; } = 0.3f;

    /// <summary>Of 怎么办 and its like, which ask but do not say about what.</summary>
    public float Filler { get; init; } = 0.6f;

    /// <summary>Of the same in sound.</summary>
    public float SoundFiller { get; init; } = 0.3f;

    /// <summary>Outweighs whatever words can add up to: a 文号 names one document.</summary>
    public float OwnNumber { get; init; } = 10_000f;

    public float CitedNumber { get; init; } = 20f;

    public float Body { get; init; } = 1f;
    public float Phrase { get; init; } = 0.5f;
    public float Question { get; init; } = 1f;

    public float BodyK1 { get; init; } = 1.2f;
    public float BodyB { get; init; } = 0.8f;
    public float PhraseK1 { get; init; } = 1.2f;
    public float PhraseB { get; init; } = 0.75f;

    /// <summary>By <see cref="DocumentType"/>: what helps first comes first.</summary>
    public IReadOnlyList<float> Types { get; init; } = [1f, 1f, 0.95f, 0.9f, 0.85f, 0.8f];

    /// <summary>By <see cref="LegalRank"/>.</summary>
    public float Interpretation { get; init; } = 0.85f;
    public float Regulation { get; init; } = 0.85f;
    public float Local { get; init; } = 0.8f;

    public float OfRank(LegalRank rank) => rank switch
    {
        LegalRank.Law => 1,
        LegalRank.Interpretation => Interpretation,
        LegalRank.Regulation => Regulation,
        LegalRank.Local => Local,
    };
}
