namespace Bot.Handlers.Policies.Search;

public sealed partial class PolicyIndex
{
    /// <summary>What a thread needs to search, kept for its next search.</summary>
    private sealed class Searcher
    {
        [ThreadStatic]
        private static Searcher? _ofThisThread;

        private readonly Question _question = new();
        private readonly int[] _bodyTerms = new int[WeightedKeys.Capacity * 2];
        private readonly int[] _phraseTerms = new int[WeightedKeys.Capacity * 2];
        private readonly float[] _bodyIdf = new float[WeightedKeys.Capacity];
        private readonly float[] _phraseIdf = new float[WeightedKeys.Capacity];
        private bool _named;
        private float[] _scores = [];
        private readonly float[][] _phraseScores = [[], []];

        public static Searcher OfThisThread => _ofThisThread ??= new();

        public int Search(PolicyIndex index, ReadOnlySpan<char> question, Span<Hit> hits)
        {
            _question.Read(question, index.Synonyms, index._weights);
            var keys = _question.Keys;
            Look(index, keys);
            (_named, var found) = (false, 0);
            hits = hits[..Math.Min(hits.Length, MaxHits)];
            for (var s = 0; s < index._segments.Length; s++)
            {
                var segment = index._segments[s];
                Score(segment, s, keys, index._weights);
                found = Take(segment, hits, found);
            }

            Trust(index, hits[..found]);
            return found;
        }

        // Only the best document is looked at closely; the others can be trusted less, as they score less.
        private void Trust(PolicyIndex index, Span<Hit> hits)
        {
            if (hits.IsEmpty)
                return;
            var (s, number) = index._places[hits[0].Id];
            var confidence = _named ? 1f : new Coverage(_question, index, index._segments[s].Segment, number, _phraseScores[s]).Share();
            for (var i = hits.Length - 1; i >= 0; i--)
                hits[i] = hits[i] with { Confidence = confidence * hits[i].Score / hits[0].Score };
        }

        private void Look(PolicyIndex index, WeightedKeys keys)
        {
            for (var k = 0; k < keys.Count; k++)
            {
                var (bodies, phrases) = (0, 0);
                for (var s = 0; s < index._segments.Length; s++)
                {
                    var segment = index._segments[s];
                    bodies += segment.BodyFrequency(_bodyTerms[k * 2 + s] = segment.Segment.Bodies.Find(keys.Keys[k]));
                    phrases += segment.PhraseFrequency(_phraseTerms[k * 2 + s] = segment.Segment.Phrases.Find(keys.Keys[k]));
                }

                _bodyIdf[k] = index._bodyIdf.Of(bodies);
                _phraseIdf[k] = index._phraseIdf.Of(phrases);
            }
        }

        private void Score(LiveSegment segment, int s, WeightedKeys keys, SearchWeights weights)
        {
            var scores = Cleared(ref _scores, segment.Segment.Bodies.Units);
            var phraseScores = Cleared(ref _phraseScores[s], segment.Segment.Phrases.Units);
            for (var k = 0; k < keys.Count; k++)
            {
                var channel = (int)Grams.ChannelOf(keys.Keys[k]);
                var weight = keys.Weights[k];
                if (_bodyTerms[k * 2 + s] is var body and >= 0)
                    segment.Segment.Bodies.Score(body, weight * _bodyIdf[k] * weights.Body, segment.BodyNorms[channel], scores);
                if (_phraseTerms[k * 2 + s] is var phrase and >= 0)
                    segment.Segment.Phrases.Score(phrase, weight * _phraseIdf[k], segment.PhraseNorms[channel], phraseScores);
            }

            AddPhrases(segment.Segment, weights, scores, phraseScores);
            _named |= segment.Segment.Numbers.Score(_question.Text, weights, scores);
        }

        // Only the phrase that fits best counts, so that a document gains nothing but reach from having many. Most phrases have nothing of a question.
        private static void AddPhrases(Segment segment, SearchWeights weights, Span<float> scores, ReadOnlySpan<float> phraseScores)
        {
            var (owners, asked) = (segment.Owners, segment.Asked);
            for (var p = 0; phraseScores[p..].IndexOfAnyExcept(0f) is var skipped and >= 0;)
            {
                p += skipped;
                var (owner, best) = (owners[p], 0f);
                for (; p < phraseScores.Length && owners[p] == owner; p++)
                    best = Math.Max(best, phraseScores[p] * (asked[p] ? weights.Question : weights.Phrase));
                scores[owner] += best;
            }
        }

        private int Take(LiveSegment segment, Span<Hit> hits, int found)
        {
            var boosts = segment.Boosts;
            for (var number = 0; _scores.AsSpan(number, boosts.Length - number).IndexOfAnyExcept(0f) is var skipped and >= 0; number++)
            {
                number += skipped;
                var score = _scores[number] * boosts[number];
                if (score <= 0 || (found == hits.Length && (found == 0 || score < hits[^1].Score)))
                    continue;
                found = Insert(new(segment.Segment.Documents[number], score, 0), hits, found);
            }

            return found;
        }

        // Equal scores are ordered by id, so that an answer does not depend on how the index grew.
        private static int Insert(Hit hit, Span<Hit> hits, int found)
        {
            var at = found;
            while (at > 0 && (hits[at - 1].Score < hit.Score
                || (hits[at - 1].Score == hit.Score && string.CompareOrdinal(hits[at - 1].Id, hit.Id) > 0)))
            {
                if (at < hits.Length)
                    hits[at] = hits[at - 1];
                at--;
            }

            if (at < hits.Length)
                hits[at] = hit;
            return Math.Min(found + 1, hits.Length);
        }

        private static Span<float> Cleared(ref float[] scores, int length)
        {
            if (scores.Length < length)
                scores = new float[length];
            var cleared = scores.AsSpan(0, length);
            cleared.Clear();
            return cleared;
        }
    }
}
