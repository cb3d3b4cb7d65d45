using System.Globalization;

namespace Bot.Host.Pages.Console;

/// <summary>Keys of a draft's questions or parts: a letter and a number, such as <c>q7</c>.</summary>
internal static class PieceKey
{
    /// <param name="known">Those of the draft and of every version: the key of a piece that is gone does not come back, for it would mean another in an older version.</param>
    public static string Next(char letter, IEnumerable<string> known) => string.Create(CultureInfo.InvariantCulture, $"{letter}{known
        .Select(key => int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty().Max() + 1}");
}
