using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>What kind of evidence a gram is. Each kind has its own length norm.</summary>
internal enum Channel
{
    Pair,
    Single,
    Sound,
    Skip,
    Initials,
}

/// <summary>Grams as numbers. The number spaces of the channels are disjoint, so that one table holds them all.</summary>
/// <remarks>Below 0x10000 single characters; then pairs of syllables; then initials; pairs of characters from 0x2B0000 on; skips in the upper half.</remarks>
internal static class Grams
{
    public const int Channels = 5;
    private const uint SoundFrom = 0x1_0000, InitialsFrom = 0x6_0000, PairFrom = 0x10_0000, SkipFlag = 0x8000_0000;
    private const uint SkipFrom = 0xB400_0000;

    public static uint Single(char c) => c;
    public static uint Pair(char a, char b) => ((uint)a << 16) | b;
    public static uint Skip(char a, char b) => SkipFlag | Pair(a, b);
    public static uint Sound(ushort a, ushort b) => SoundFrom + ((uint)a << 9) + b;
    public static uint Initials(char a, char b, char c) => InitialsFrom + (Letter(a) * 27 + Letter(b)) * 27 + Letter(c);

    public static Channel ChannelOf(uint key) => key switch
    {
        < SoundFrom => Channel.Single,
        < InitialsFrom => Channel.Sound,
        < PairFrom => Channel.Initials,
        < SkipFrom => Channel.Pair,
        _ => Channel.Skip,
    };

    /// <summary>A character that means something by itself; all others part the text.</summary>
    public static bool IsWord(char c) =>
        Chinese.IsIdeograph(c) || c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+';

    private static uint Letter(char c) => c is >= 'a' and <= 'z' ? (uint)(c - 'a' + 1) : 0;
}
