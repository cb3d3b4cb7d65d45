using System.Globalization;

namespace Bot.Handlers.Publishing;

/// <summary>Where articles and their files are read, from the root of our own host.</summary>
public static class NewsAddress
{
    public const string List = "/news";
    public const string Files = "/news/files/";

    /// <summary>The same files for staff, who see also what is not public: their cookie goes to the console only.</summary>
    public const string DeskFiles = "/console/articles/files/";

    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"/news/{id}");

    public static string OfFile(string id) => Files + id;

    public static string OfDeskFile(string id) => DeskFiles + id;

    /// <returns>Cleaned HTML, as the console shows it.</returns>
    public static string ForDesk(string html) => html.Replace($"=\"{Files}", $"=\"{DeskFiles}", StringComparison.Ordinal);

    /// <returns>The address as it is kept.</returns>
    public static string Kept(string address) => address.StartsWith(DeskFiles, StringComparison.Ordinal) ? $"{Files}{address[DeskFiles.Length..]}" : address;

    public static bool IsFile(string? address) => FileIn(address) is not null;

    /// <returns>The id of the file that an address names; null when it names none.</returns>
    public static string? FileIn(string? address) =>
        address?.StartsWith(Files, StringComparison.Ordinal) == true && address[Files.Length..] is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower)
            ? id : null;
}
