namespace Bot.Bench.Fuzz;

/// <summary>Something that reads what strangers send.</summary>
/// <param name="Corpus">Files under <c>corpus/</c> to begin with.</param>
/// <param name="Longest">Bytes of an input.</param>
/// <param name="Read">Gives back what it made of the input, in a word: an input with a new word is worth changing further. May throw what its caller expects, see <paramref name="Expected"/>.</param>
/// <param name="Expected">The exception by which it refuses; null: it never throws.</param>
internal sealed record FuzzTarget(string Name, string Corpus, int Longest, Func<byte[], string> Read, Type? Expected = null)
{
    public IReadOnlyList<byte[]> Seeds() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "corpus", Corpus)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
