using System.Collections.Immutable;
using System.Text;
using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>What an applicant has filled in so far.</summary>
public sealed record DisclosureForm
{
    public OpenId Citizen { get; init; }

    /// <summary>One of <see cref="Bot.Data.Cases.Disclosure.Applicants"/>.</summary>
    public string Applicant { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Of a person's identity card, or an organisation's 统一社会信用代码.</summary>
    public string Id { get; init; } = "";

    public string Phone { get; init; } = "";
    public string What { get; init; } = "";
    public Supply Supply { get; init; } = Supply.Find("");

    /// <summary>Postal or electronic, as the supply needs it; else empty.</summary>
    public string Address { get; init; } = "";
}

/// <summary>How information is handed over.</summary>
public sealed record Supply(string Code, string Name, Supply.Way Reach)
{
    /// <summary>What else must be known for it.</summary>
    public enum Way { None, Post, Mail }

    public static ImmutableArray<Supply> All { get; } =
    [
        new("chat", "电子文本，在本公众号答复", Way.None), new("mail", "电子文本，发到电子邮箱", Way.Mail),
        new("post", "纸质文本，邮寄", Way.Post), new("desk", "纸质文本，当面领取", Way.None),
    ];

    /// <returns>The first for a code that there is not.</returns>
    public static Supply Find(string code) => All.FirstOrDefault(s => s.Code == code) ?? All[0];
}

/// <summary>统一社会信用代码: 17 characters and a check character.</summary>
/// <remarks>Source: GB 32100-2015.</remarks>
public static class CreditCode
{
    private const int Length = 18;
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <returns>18 characters in one spelling; null when it is no such code or one character is wrong.</returns>
    public static string? Read(string said)
    {
        var code = new string([.. Utterance.Unmarked(said.Normalize(NormalizationForm.FormKC)).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c is not '-')]);
        if (code.Length != Length)
            return null;
        var (sum, weight) = (0, 1);
        foreach (var character in code.AsSpan(0, Length - 1))
        {
            if (Characters.IndexOf(character, StringComparison.Ordinal) is var value && value < 0)
                return null;
            sum += value * weight;
            weight = weight * 3 % Characters.Length;
        }

        return Characters[(Characters.Length - sum % Characters.Length) % Characters.Length] == code[^1] ? code : null;
    }
}
