using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Privacy;
using Bot.Handlers.Desk;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Consultations;

/// <summary>Addresses of consultations. One from the chat holds, sealed, who reads it: what is written there is theirs, without an account.</summary>
public sealed class ConsultationLinks(IFieldCiphers ciphers, AccountProfile account)
{
    public const string List = "/consultations";

    private const string Field = "consultation.link";
    private const int Longest = 400;

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{List}/{id}");

    /// <returns>Empty when there is no public address.</returns>
    public string For(long id) => account.PublicBaseUrl.Length == 0 ? "" : account.PublicBaseUrl + PathOf(id);

    /// <param name="until">When it stops to speak as the citizen.</param>
    /// <returns>Empty when there is no public address.</returns>
    public async Task<string> ForAsync(long id, OpenId citizen, DateTimeOffset until, CancellationToken ct) => account.PublicBaseUrl.Length == 0 ? ""
        : $"{For(id)}/{Base64Url.EncodeToString((await ciphers.GetAsync(ct)).Seal(Field, id.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {citizen.Value}")))}";

    /// <returns>Null for a key that we did not make for this consultation, or whose time is over.</returns>
    public async Task<OpenId?> ReadAsync(long id, string key, DateTimeOffset now, CancellationToken ct)
    {
        if (key.Length is 0 or > Longest || !Base64Url.IsValid(key))
            return null;
        try
        {
            var read = (await ciphers.GetAsync(ct)).Open(Field, id.ToString(CultureInfo.InvariantCulture), Base64Url.DecodeFromChars(key));
            return read.Split(' ') is [var until, var citizen] && long.Parse(until, CultureInfo.InvariantCulture) > now.ToUnixTimeSeconds() ? new OpenId(citizen) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
