using System.Globalization;
using Bot.Handlers.Publishing;
using Bot.WeChat.Api;

namespace Bot.Host.Pages.Console;

/// <summary>What staff say in one go: words, a picture, or a question with answers to tap.</summary>
/// <param name="Picture">Made ready for phones; null for none.</param>
public sealed record DeskAnswer(string Words, PictureRead.Kept? Picture, string PictureName, IReadOnlyList<string> Options)
{
    public const int MostOptions = 9;
    public const int LongestOption = 20;

    private const int LongestName = 60;

    /// <summary>What the conversation keeps of the picture: the file itself is WeChat's.</summary>
    public string PictureLine => $"（图片）{(PictureName.Length > LongestName ? PictureName[^LongestName..] : PictureName)}";

    public string WordsLine => Options.Count == 0 ? Words : $"{Words}\n{string.Join('\n', Options.Select(option => $"○ {option}"))}";

    public CustomerMessage Message => Options.Count == 0
        ? new CustomerMessage.Text(Words)
        : new CustomerMessage.Menu(Words, [.. Options.Select((option, i) => new CustomerMessage.MenuItem((i + 1).ToString(CultureInfo.InvariantCulture), option))]);

    /// <summary>Why WeChat did not take it, for staff.</summary>
    public static string Why(int code) => code switch
    {
        45015 => "对方超过 48 小时没有来信",
        45047 => "对方没有再来信，微信只允许连发 5 条",
        43004 or 48002 => "对方已取消关注或拒收",
        40003 => "微信不认识这位用户",
        _ => $"微信没有接受，错误码 {code}",
    };
}
