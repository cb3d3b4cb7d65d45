using System.Text;
using System.Text.Unicode;

namespace Bot.Handlers;

/// <summary>The text of files that offices send: UTF-8, UTF-16 with its mark, or GB18030.</summary>
internal static class FileText
{
    // Excel on a Chinese Windows saves CSV in GB18030, and marks nothing.
    public static string Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(file[2..]);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            file = file[3..];
        return (Utf8.IsValid(file) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!).GetString(file);
    }
}
