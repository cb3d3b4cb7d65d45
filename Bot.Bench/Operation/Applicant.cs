using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Bench.Operation;

/// <summary>A citizen who reads what the bot asks and answers that, whatever order a release asks in.</summary>
/// <param name="number">Tells them apart; who books has a day and a slot of their own.</param>
/// <param name="books">Books a visit; else praises somebody.</param>
internal sealed partial class Applicant(int number, bool books)
{
    private const string Story = "窗口的同志很热情，耐心地帮我把表格填好了";

    private string _heard = "";
    private bool _told;

    public string OpenId { get; } = $"oUpgrade{number}";

    public bool Books => books;

    public int Turns { get; private set; }

    /// <summary>The form came to its end, with a number.</summary>
    public bool IsDone => Number().IsMatch(_heard) && (!books || _heard.Contains("预约成功", StringComparison.Ordinal));

    public string Heard => _heard;

    public string Next() => _heard.Length == 0 ? (books ? "预约" : "表扬") : books ? Booking() : Praise();

    public void Hear(string words) => (_heard, Turns) = (words, Turns + 1);

    private string Booking() =>
        Asks("核对") ? "1"
        : Asks("请选择日期") ? $"{number % 6 + 1}"
        : Asks("请选择时段") ? $"{number / 6 + 1}"
        : Asks("手机号") && !Asks("身份证号") ? $"1380013{number:0000}"
        : Asks("身份证号：") || Asks("身份证号）") ? IdNumber(number)
        : Asks("姓名") ? "王小明"
        : Asks("身份证号") ? IdNumber(number)
        : "1";

    private string Praise()
    {
        if (Asks("1.") && !Asks("完成"))
            return "1";
        if (_told)
            return Asks("完成") ? "完成" : "1";
        _told = true;
        return Story;
    }

    private bool Asks(string words) => _heard.Contains(words, StringComparison.Ordinal);

    // GB 11643: 17 digits and a check character.
    private static string IdNumber(int number)
    {
        var digits = $"11010119900101{number:000}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = digits.Select((c, i) => (c - '0') * weights[i]).Sum();
        return string.Create(CultureInfo.InvariantCulture, $"{digits}{"10X98765432"[sum % 11]}");
    }

    [GeneratedRegex(@"[A-Z]{2}\d{8}-\d{4,}-[0-9A-Z]")]
    private static partial Regex Number();
}
