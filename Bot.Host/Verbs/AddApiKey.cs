using Bot.Data;
using Bot.Data.ApiKeys;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary><c>api-key add --name N --kind live|team|test</c>: makes a key of the REST API and prints it alone on the last line.</summary>
internal static class AddApiKey
{
    public const string Usage = "api-key add --name NAME --kind live|team|test";

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (Read(args) is not ({ } name, { } kind, { } settings))
            return Verbs.Usage.Print($"usage: {Usage}; NAME has 1 to {IApiKeys.LongestName} characters");
        var builder = Composition.NewBuilder(settings);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        await using var servers = await Servers.StartAsync(builder.Configuration, ct);
        await new Migrator(servers.Postgres).MigrateAsync(ct);
        builder.AddBot(servers);
        await using var app = builder.Build();
        var key = await app.Services.GetRequiredService<IApiKeys>().AddAsync(name, kind, ct);
        Console.WriteLine($"密钥只显示这一次，请妥善保管（{name}，{kind.ToString().ToLowerInvariant()}）：");
        Console.WriteLine(key);
        return 0;
    }

    // What is not ours are settings, as with every verb.
    private static (string? Name, ApiKeyKind? Kind, string[] Settings) Read(string[] args)
    {
        if (args is not ["add", .. var rest])
            return default;
        var (name, kind, settings) = ((string?)null, (ApiKeyKind?)null, new List<string>());
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--name" && i + 1 < rest.Length)
                name = rest[++i].Trim();
            else if (rest[i] == "--kind" && i + 1 < rest.Length)
                kind = Enum.TryParse<ApiKeyKind>(rest[++i], ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsAsciiDigit(rest[i][0]) ? read : null;
            else
                settings.Add(rest[i]);
        }

        return name is { Length: > 0 and <= IApiKeys.LongestName } ? (name, kind, [.. settings]) : default;
    }
}
