using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>A question taken apart into weighted grams. One per thread, filled again for each question, so that asking allocates nothing.</summary>
internal sealed class Question
{
    /// <summary>Characters read; a citizen's story is told in fewer, and what follows could only cost time.</summary>
    public const int MaxLength = 300;

    private readonly char[] _text = new char[MaxLength];
    private readonly bool[] _filler = new bool[MaxLength];
    private readonly SoundLattice _lattice = new(MaxLength);

    private readonly bool[] _spelled = new bool[MaxLength];

    public WeightedKeys Keys { get; } = new();

    /// <summary>The question, folded and cut.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>Which characters only ask (怎么办).</summary>
    public ReadOnlySpan<bool> Filler => _filler.AsSpan(0, Length);

    public SoundLattice Lattice => _lattice;

    public void Read(ReadOnlySpan<char> question, Synonyms synonyms, SearchWeights weights)
    {
        Length = Math.Min(question.Length, MaxLength);
        Chinese.Fold(question[..Length], _text);
        Text.Replace(_text, 'ü', 'v');
        Keys.Clear();
        Fillers.Mark(Text, _filler);
        ReadSounds(weights);
        ReadCharacters(weights);
        ReadSynonyms(synonyms, weights);
    }

    private void ReadCharacters(SearchWeights weights)
    {
        for (var i = 0; i < Length; i++)
        {
            var (a, b, c) = (Word(i), Word(i + 1), Word(i + 2));
            if (a == 0 || _spelled[i])
                continue;
            if (Chinese.IsIdeograph(a))
                Keys.Add(Grams.Single(a), weights.Single * (_filler[i] ? weights.Filler : 1f));
            if (b == 0)
                continue;
            var filler = _filler[i] || _filler[i + 1];
            Keys.Add(Grams.Pair(a, b), weights.Pair * (filler ? weights.Filler : 1f));
            if (!Chinese.IsIdeograph(a))
                continue;
            if (Chinese.IsIdeograph(b) && !filler)
                Keys.Add(Grams.Skip(a, b), weights.Skip);
            if (c != 0 && Chinese.IsIdeograph(c) && !_filler[i] && !_filler[i + 2])
                Keys.Add(Grams.Skip(a, c), weights.Skip);
        }
    }

    private void ReadSynonyms(Synonyms synonyms, SearchWeights weights)
    {
        for (var i = 0; i < Length;)
        {
            var length = synonyms.Match(Text, i, out var keys);
            foreach (var key in keys)
                Keys.Add(key, weights.Synonym * (Grams.ChannelOf(key) == Channel.Single ? weights.Single : weights.Pair));
            i += Math.Max(length, 1);
        }
    }

    private void ReadSounds(SearchWeights weights)
    {
        _lattice.Clear(Length);
        _spelled.AsSpan(0, Length).Clear();
        for (var i = 0; i < Length; i++)
        {
            if (!char.IsAsciiLetterLower(_text[i]))
            {
                _lattice.AddCharacter(i, _text[i]);
                continue;
            }

            var end = i + 1;
            while (end < Length && char.IsAsciiLetterLower(_text[end]))
                end++;
            var isPinyin = _lattice.AddLatin(_text, i, end) * 2 <= end - i;
            if (!isPinyin)
                ReadInitials(i, end, weights);
            _spelled.AsSpan(i, end - i).Fill(isPinyin);
            i = end - 1;
        }

        for (var i = 0; i < Length; i++)
        {
            for (var length = 1; length <= SoundLattice.MaxSyllable && i + length < Length; length++)
            {
                if (_lattice.At(i, length) is var a and not Pinyin.None)
                    ReadPairs(a, i, Next(i + length), weights);
            }
        }
    }

    private void ReadPairs(ushort a, int first, int second, SearchWeights weights)
    {
        for (var length = 1; length <= SoundLattice.MaxSyllable && second + length <= Length; length++)
        {
            var b = _lattice.At(second, length);
            if (b == Pinyin.None)
                continue;
            var key = Grams.Sound(a, b);
            var latin = char.IsAsciiLetterLower(_text[first]) || char.IsAsciiLetterLower(_text[second]);
            var filler = latin ? Fillers.HasSound(key) : _filler[first] || _filler[second];
            Keys.Add(key, (latin ? weights.LatinSound : weights.Sound) * (filler ? weights.SoundFiller : 1f));
        }
    }

    // sfz is how 身份证 is typed in haste.
    private void ReadInitials(int start, int end, SearchWeights weights)
    {
        _lattice.Forget(start, end);
        if (end - start == 2)
            Keys.Add(Grams.Initials(_text[start], _text[start + 1], '\0'), weights.Initials);
        for (var i = start; i + 2 < end; i++)
            Keys.Add(Grams.Initials(_text[i], _text[i + 1], _text[i + 2]), weights.Initials);
    }

    public char Word(int i) => i < Length && Grams.IsWord(_text[i]) ? _text[i] : '\0';

    // Pinyin is typed with and without spaces.
    public int Next(int i)
    {
        while (i < Length && _text[i] is ' ' or '\'')
            i++;
        return Math.Min(i, Length);
    }
}
