namespace Bot.Host.Settings;

/// <summary>统一身份认证 by OpenID Connect; section <c>Oidc</c>. Without an authority staff sign in with passwords only.</summary>
public sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>The provider's address, below which <c>.well-known/openid-configuration</c> lies. https, or http on this machine.</summary>
    public string Authority { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>The claim that holds the account's name here.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>What the provider is called on the sign-in page.</summary>
    public string Label { get; set; } = "统一身份认证";

    /// <summary>Whether the provider has asked for a second factor, so that we need not.</summary>
    public bool TrustsSecondFactor { get; set; }

    public bool IsOn => Authority.Length > 0;
}
