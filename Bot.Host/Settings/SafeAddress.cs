namespace Bot.Host.Settings;

/// <summary>Where secrets and citizens' data are sent: what goes over an unencrypted line should stay on this machine.</summary>
internal static class SafeAddress
{
    public const string Expected = "an https address (http on this machine only)";

    public static bool Is(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
