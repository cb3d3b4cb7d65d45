using System.Collections.Frozen;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Which service citizens mean by what they call it.</summary>
public sealed class ServiceNames(AppointmentPlans plans, PolicyLibrary library)
{
    // People put them round the name: 我想办一下居住证业务.
    private static readonly string[] s_before = ["我要", "我想", "想要", "想", "要", "去", "预约", "办理", "办", "一下", "一个", "个"];
    private static readonly string[] s_behind = ["的业务", "业务", "事项", "预约", "吧"];

    private static readonly Text s_unknown = Text.Of("booking.service-unknown");

    // Every free text asks, and to fold all names for each costs more than all else on its way.
    private volatile NameTable? _names;

    /// <summary>The service of that name or alias; null when it is none, or the words say more than a name.</summary>
    public ServiceItem? Find(string words) => ByName.GetValueOrDefault(Bare(Chinese.Fold(words)));

    /// <summary>Whether the words ask for something to be done, and for nothing else: 办居住证, but not 居住证 alone.</summary>
    public ServiceItem? Asked(string words)
    {
        var folded = Chinese.Fold(words);
        foreach (var word in s_before)
        {
            if (folded.StartsWith(word, StringComparison.Ordinal))
                return Find(folded);
        }

        return null;
    }

    /// <summary>Which of the services to choose from the words name.</summary>
    internal Reading Read(Utterance said, IReadOnlyList<FlowChoice> choices)
    {
        var offered = plans.Current.Services.Where(s => choices.Any(c => c.Key == s.Code)).ToArray();
        var service = Find(said.Words) is { } exact && offered.Contains(exact) ? exact : Like(said.Words, offered);
        return service is null ? new(Why: s_unknown.Say()) : new(service.Code);
    }

    /// <summary>The one service of <paramref name="services"/> whose name has the words in it; null for none or several.</summary>
    internal ServiceItem? Like(string words, IEnumerable<ServiceItem> services)
    {
        var name = Bare(Chinese.Fold(words));
        if (name.Length < 2)
            return null;
        var alike = services.Where(s => Names(s).Any(n => Chinese.Fold(n).Contains(name, StringComparison.Ordinal))).Take(2).ToArray();
        return alike.Length == 1 ? alike[0] : null;
    }

    // Made anew when what is offered or the guides have changed. Of two services with one name the first on the list is meant.
    private FrozenDictionary<string, ServiceItem> ByName
    {
        get
        {
            var (plan, shelf) = (plans.Current, library.Shelf);
            if (_names is { } known && ReferenceEquals(known.Plan, plan) && ReferenceEquals(known.Shelf, shelf))
                return known.ByName;
            Dictionary<string, ServiceItem> byName = new(StringComparer.Ordinal);
            foreach (var service in plan.ServicesAt(""))
            {
                foreach (var name in Names(service).Select(Chinese.Fold).Where(n => n.Length > 0))
                    byName.TryAdd(name, service);
            }

            return (_names = new(plan, shelf, byName.ToFrozenDictionary(StringComparer.Ordinal))).ByName;
        }
    }

    private IEnumerable<string> Names(ServiceItem service) =>
        [service.Name, .. service.Aliases, .. library.Shelf.ById.TryGetValue(service.Guide, out var guide) ? [guide.Title, .. guide.Aliases] : (IEnumerable<string>)[]];

    private static string Bare(string words)
    {
        var name = words.Trim();
        for (var before = -1; before != name.Length;)
        {
            before = name.Length;
            foreach (var word in s_before)
                name = name.StartsWith(word, StringComparison.Ordinal) ? name[word.Length..].TrimStart(' ', ':') : name;
            foreach (var word in s_behind)
                name = name.EndsWith(word, StringComparison.Ordinal) ? name[..^word.Length] : name;
        }

        return name;
    }

    private sealed record NameTable(AppointmentPlan Plan, Shelf Shelf, FrozenDictionary<string, ServiceItem> ByName);
}
