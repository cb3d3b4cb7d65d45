using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers.Policies;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>订阅: how many citizens agreed to be told of each category. Who they are is nobody's business here.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class SubscribersPage(ITopics topics, PolicyLibrary library) : ConsolePage
{
    public const string Path = "/console/policies/subscribers";

    public override string Title => "订阅";

    public override string Lead => "市民同意后订阅一类内容；其中有政策发布、修订或失效时，系统自动通知他们，各一次。";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    public IReadOnlyList<(string Name, int Documents, int Subscribers)> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var counts = await topics.CountAsync(ct);
        var documents = library.Shelf.Categories.ToDictionary(c => c.Name, c => c.Policies.Length, StringComparer.Ordinal);
        Rows =
        [
            .. documents.Keys.Union(counts.Keys).Select(name => (name, documents.GetValueOrDefault(name), counts.GetValueOrDefault(name)))
                .OrderByDescending(row => row.Item3).ThenByDescending(row => row.Item2).ThenBy(row => row.name, StringComparer.Ordinal),
        ];
    }
}
