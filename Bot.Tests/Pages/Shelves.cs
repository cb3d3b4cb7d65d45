using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Pages;

/// <summary>Documents in every state, beside the demo's.</summary>
internal static class Shelves
{
    public static readonly DateOnly LongAgo = new(2001, 2, 3);
    public static readonly DateOnly FarAhead = new(2901, 2, 3);

    public static Policy Old { get; } = new()
    {
        Id = "T-old", Type = PolicyType.Policy, Title = "租房补贴办法（旧）", Issuer = "测试局", Category = "测试", DocumentNumber = "测规〔2001〕1号",
        Body = "第一段。\n第二段。", LapsesOn = LongAgo, SuccessorId = "T-new",
    };

    public static Policy New { get; } = new()
    {
        Id = "T-new", Type = PolicyType.Policy, Title = "租房补贴办法", Issuer = "测试局", Category = "测试", Summary = "每月补贴五百元。", EffectiveOn = LongAgo,
    };

    public static Policy Hostile { get; } = new()
    {
        Id = "T-hostile", Type = PolicyType.Guide, Title = "</title><script>alert(1)</script>", Issuer = "\"><img src=x onerror=alert(2)>", Category = "测试",
        Summary = "</script><script>alert(3)</script>", Steps = ["<b>一</b>"], Materials = ["<i>甲</i>"],
    };

    public static async Task StockAsync(TestHost host)
    {
        Policy[] all =
        [
            Old, New, Hostile,
            New with { Id = "T-not-yet", Title = "明天的办法", EffectiveOn = FarAhead },
            New with { Id = "T-amended", Title = "修订的办法", Status = PolicyStatus.Amended },
        ];
        await host.Services.GetRequiredService<IPolicies>().ImportAsync(all, CancellationToken.None);
        var library = host.Services.GetRequiredService<PolicyLibrary>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!library.Shelf.ById.ContainsKey(Old.Id))
            await Task.Delay(20, patience.Token);
    }
}
