using System.Globalization;
using Bot.WeChat;

namespace Bot.Bench.Load;

/// <param name="Seconds">Length of a round, 1 to 600.</param>
/// <param name="Rounds">Pairs of rounds, limit and bot in turn, 1 to 100.</param>
/// <param name="Users">Different citizens, 1 to 10 million.</param>
internal sealed record LoadOptions(IReadOnlyList<WeChatMode> Modes, int Seconds, int Rounds, int Connections, int Users)
{
    public const string Usage = "load [--mode plain|safe|both] [--seconds 10] [--rounds 3] [--connections 32] [--users 20000]";

    /// <returns>Null when an option is unknown or out of range.</returns>
    public static LoadOptions? Read(string[] args)
    {
        var options = new LoadOptions([WeChatMode.Plain, WeChatMode.Safe], Seconds: 10, Rounds: 3, Connections: 32, Users: 20_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var read = args[i] switch
            {
                "--mode" => Mode(value) is { } modes ? options with { Modes = modes } : null,
                "--seconds" => Number(value, 1, 600) is { } n ? options with { Seconds = n } : null,
                "--rounds" => Number(value, 1, 100) is { } n ? options with { Rounds = n } : null,
                "--connections" => Number(value, 4, 1000) is { } n ? options with { Connections = n } : null,
                "--users" => Number(value, 1, 10_000_000) is { } n ? options with { Users = n } : null,
                _ => null,
            };
            if (read is null)
                return null;
            options = read;
        }

        return options;
    }

    private static WeChatMode[]? Mode(string value) => value switch
    {
        "plain" => [WeChatMode.Plain],
        "safe" => [WeChatMode.Safe],
        "both" => [WeChatMode.Plain, WeChatMode.Safe],
        _ => null,
    };

    private static int? Number(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
