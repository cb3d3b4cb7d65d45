using System.Collections.Frozen;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies;

/// <summary>Which files a document, an article or an answer may bring along: what offices publish and phones open, and nothing that runs.</summary>
public static class AttachmentTypes
{
    private const int MostName = 100;
    private const int LongestExtension = 10;

    // What a file of the kind begins with; office files before 2007 and after it are containers, of which the inside is not looked at.
    private static readonly byte[] s_pdf = [.. "%PDF-"u8];
    private static readonly byte[] s_zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] s_compound = [0xD0, 0xCF, 0x11, 0xE0];
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47];
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF];

    private static readonly FrozenDictionary<string, (string Type, byte[] Begins)> s_byExtension = new Dictionary<string, (string, byte[])>(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", s_pdf),
        [".doc"] = ("application/msword", s_compound),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", s_zip),
        [".xls"] = ("application/vnd.ms-excel", s_compound),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", s_zip),
        [".wps"] = ("application/vnd.ms-works", s_compound),
        [".et"] = ("application/vnd.ms-excel", s_compound),
        [".ofd"] = ("application/ofd", s_zip),
        [".zip"] = ("application/zip", s_zip),
        [".png"] = ("image/png", s_png),
        [".jpg"] = ("image/jpeg", s_jpeg),
        [".jpeg"] = ("image/jpeg", s_jpeg),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Accepted { get; } = string.Join(',', s_byExtension.Keys.Order(StringComparer.Ordinal));

    public static bool ShowsInBrowser(string type) => type is "application/pdf" or "image/png" or "image/jpeg";

    /// <param name="most">Bytes.</param>
    /// <returns>The type and the name to keep it under, or why it is refused.</returns>
    public static (string Type, string Name, string? Fault) Check(string fileName, ReadOnlySpan<byte> content, int most = IAttachments.MostBytes)
    {
        var name = Plain(fileName);
        if (!s_byExtension.TryGetValue(Path.GetExtension(name), out var kind))
            return ("", name, $"不能上传这种文件，可以上传：{string.Join(' ', s_byExtension.Keys.Order(StringComparer.Ordinal).Select(e => e[1..]))}。");
        if (content.Length == 0)
            return ("", name, "文件是空的。");
        if (content.Length > most)
            return ("", name, $"文件超过 {most >> 20} MB。");
        return content.StartsWith(kind.Begins) ? (kind.Type, name, null) : ("", name, $"文件内容与扩展名 {Path.GetExtension(name)} 不符，可能已损坏。");
    }

    // Without a path, without what a system or a header trips over, and not longer than is kept.
    private static string Plain(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*' or ';' or '%')));
        if (name.Length <= MostName)
            return name;
        var extension = Path.GetExtension(name) is { Length: <= LongestExtension } ending ? ending : "";
        return $"{name.AsSpan(0, MostName - extension.Length)}{extension}";
    }
}
