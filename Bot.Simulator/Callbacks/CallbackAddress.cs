using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Bot.Simulator.Callbacks;

/// <summary>Where the bot listens: as configured, or on the very server that the simulator is mounted in.</summary>
internal sealed class CallbackAddress(SimulatorOptions options, IServiceProvider services)
{
    public Uri? Callback => options.CallbackUrl ?? (Server is { } server ? new Uri(server, "/wechat/callback") : null);

    /// <summary>This server as reached from this machine; null before it listens.</summary>
    public Uri? Server
    {
        get
        {
            var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
            var address = addresses?.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses?.FirstOrDefault();
            if (address is null)
                return null;
            // A server that listens on every address is reached on the loopback one.
            address = address.Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal);
            return new Uri(address);
        }
    }
}
