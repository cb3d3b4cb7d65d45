namespace Bot.Host.Pages.Console;

/// <summary>Which passwords are refused: short ones, those that everybody tries first, and those that say whose they are.</summary>
internal static class PasswordRules
{
    public const int Shortest = 10;
    public const int Longest = 128;

    public const string Words = "至少 10 位；不要用常见密码、账号名或连续重复的字符";

    private static readonly Lazy<HashSet<string>> s_common = new(Read);

    /// <returns>What is wrong with it; null when it will do.</returns>
    public static string? Fault(string password, string name)
    {
        var plain = password.ToLowerInvariant();
        return plain switch
        {
            { Length: < Shortest } => $"密码至少 {Shortest} 位",
            { Length: > Longest } => $"密码最多 {Longest} 位",
            _ when plain.Contains(name, StringComparison.Ordinal) => "密码里不要包含账号名",
            _ when plain.Distinct().Count() < 5 => "密码太简单：不同的字符至少 5 个",
            _ when IsRun(plain) => "密码太简单：不要用连续的数字或字母",
            _ when s_common.Value.Contains(plain) || s_common.Value.Contains(plain.TrimEnd("0123456789!@#.".ToCharArray())) =>
                "这是常见密码，很容易被猜到，请换一个",
            _ => null,
        };
    }

    // abcdefghij, 9876543210.
    private static bool IsRun(string text)
    {
        var step = text[1] - text[0];
        if (Math.Abs(step) != 1)
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] - text[i - 1] != step && !(text[i] == '0' && text[i - 1] == '9'))
                return false;
        }

        return true;
    }

    private static HashSet<string> Read()
    {
        using var file = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("Console/common-passwords.txt")!);
        return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
