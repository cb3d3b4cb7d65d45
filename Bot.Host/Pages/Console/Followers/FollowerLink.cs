using System.Security.Cryptography;
using Bot.WeChat;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Host.Pages.Console;

/// <summary>Addresses of the pages of single followers. What stands in an address lands in logs and histories, so the openid is sealed in it.</summary>
public sealed class FollowerLink(IDataProtectionProvider protection)
{
    private const int Longest = 1000;

    private readonly IDataProtector _protector = protection.CreateProtector("console.follower");

    public string Of(OpenId citizen) => $"{FollowersPage.Path}/{_protector.Protect(citizen.Value)}";

    /// <param name="key">The end of such an address.</param>
    /// <returns>Null for what we did not seal.</returns>
    public OpenId? Read(string key)
    {
        try
        {
            return key.Length <= Longest ? new OpenId(_protector.Unprotect(key)) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
