using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Data.Staff;

namespace Bot.Host.Verbs;

/// <summary>
/// <c>api-key add --name N --kind live|team|test [--department CODE]</c> makes a key of the REST API; <c>api-key webhook --name N --kind … --url URL|none</c> says where
/// the owner of such keys hears what became of notices. The key, or the secret, stands alone on the last line.
/// </summary>
internal static class ApiKeyVerb
{
    public const string Usage = "api-key add --name NAME --kind live|team|test [--department CODE], api-key webhook --name NAME --kind live|team|test --url URL|none";

    private const string NoUrl = "none";
    private const string Shell = "system:shell";

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (Wish.Read(args) is not { } wish)
            return Verbs.Usage.Print($"usage: {Usage}; NAME has 1 to {IApiKeys.LongestName} characters");
        return await WithServices.RunAsync(wish.Settings, services => wish.Verb == "add"
            ? AddAsync(wish, services.GetRequiredService<IApiKeys>(), services.GetRequiredService<IDepartments>(), ct)
            : HookAsync(wish, services.GetRequiredService<INoticeWebhooks>(), ct), ct);
    }

    private static async Task<int> AddAsync(Wish wish, IApiKeys keys, IDepartments departments, CancellationToken ct)
    {
        if (wish.Department is { } code && (await departments.ListAsync(ct)).All(d => d.Code != code))
            return Stop.With($"there is no department with the code {code}");
        var key = await keys.AddAsync(wish.Name, wish.Kind, Shell, ct, wish.Department);
        Console.WriteLine($"密钥只显示这一次，请妥善保管（{wish.Name}，{wish.Kind.ToString().ToLowerInvariant()}）：");
        Console.WriteLine(key);
        return 0;
    }

    private static async Task<int> HookAsync(Wish wish, INoticeWebhooks webhooks, CancellationToken ct)
    {
        var owner = new ApiKey(0, wish.Name, wish.Kind).Owner;
        if (wish.Url == NoUrl)
        {
            Console.WriteLine(await webhooks.RemoveAsync(owner, Shell, ct) ? $"不再回调 {owner} 的系统。" : $"{owner} 没有设置回调。");
            return 0;
        }

        var secret = await webhooks.SetAsync(owner, new Uri(wish.Url), Shell, ct);
        Console.WriteLine($"通知结果将发送到 {wish.Url}。签名密钥只显示这一次：");
        Console.WriteLine(secret);
        return 0;
    }

    /// <summary>What is not ours are settings, as with every verb.</summary>
    private sealed record Wish(string Verb, string Name, ApiKeyKind Kind, string Url, string? Department, string[] Settings)
    {
        public static Wish? Read(string[] args)
        {
            if (args is not [("add" or "webhook") and var verb, .. var rest])
                return null;
            var (name, kind, url, department, settings) = ("", (ApiKeyKind?)null, "", (string?)null, new List<string>());
            for (var i = 0; i < rest.Length; i++)
            {
                if (rest[i] == "--name" && i + 1 < rest.Length)
                    name = rest[++i].Trim();
                else if (rest[i] == "--kind" && i + 1 < rest.Length)
                    kind = Enum.TryParse<ApiKeyKind>(rest[++i], ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsAsciiDigit(rest[i][0]) ? read : null;
                else if (verb == "webhook" && rest[i] == "--url" && i + 1 < rest.Length)
                    url = rest[++i];
                else if (verb == "add" && rest[i] == "--department" && i + 1 < rest.Length)
                    department = rest[++i];
                else
                    settings.Add(rest[i]);
            }

            return name is { Length: > 0 and <= IApiKeys.LongestName } && kind is { } known && (verb == "add" || IsAddress(url))
                ? new(verb, name, known, url, department, [.. settings]) : null;
        }

        private static bool IsAddress(string url) => url == NoUrl || WebLink.Read(url) is not null;
    }
}
