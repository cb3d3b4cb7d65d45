namespace Bot.Handlers.Publishing;

/// <summary>Files that may hang on an article: those that every office and phone opens, and no program.</summary>
public static class ArticleAttachments
{
    public const int Largest = 10 * 1024 * 1024;

    private const int LongestName = 120;

    private static readonly Dictionary<string, (string Type, byte[] Start)> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", "%PDF"u8.ToArray()),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK"u8.ToArray()),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"u8.ToArray()),
        [".doc"] = ("application/msword", [0xd0, 0xcf, 0x11, 0xe0]),
        [".xls"] = ("application/vnd.ms-excel", [0xd0, 0xcf, 0x11, 0xe0]),
        [".ofd"] = ("application/ofd", "PK"u8.ToArray()),
        [".zip"] = ("application/zip", "PK"u8.ToArray()),
    };

    /// <returns>Its type, or why it is refused, in a clerk's words.</returns>
    public static (string? Type, string? Refused) Read(string name, ReadOnlySpan<byte> content)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return (null, "文件名是空的或太长，请改名后再上传（不超过 120 个字）。");
        if (!s_kinds.TryGetValue(Path.GetExtension(name), out var kind))
            return (null, "附件只能是 PDF、Word、Excel、OFD 或 ZIP 文件。");
        if (content.Length > Largest)
            return (null, $"附件有 {content.Length / 1024.0 / 1024:0.#} MB，最大 10 MB。");
        return content.StartsWith(kind.Start) ? (kind.Type, null) : (null, "文件内容和它的扩展名不一致，没有上传。请确认文件能正常打开。");
    }
}
