using Bot.Data.Appointments;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;

namespace Bot.Handlers.Appointments;

/// <summary>Which service citizens mean by what they call it.</summary>
public sealed class ServiceNames(AppointmentPlans plans, PolicyLibrary library)
{
    // People put them round the name: 我想办一下居住证业务.
    private static readonly string[] s_before = ["我要", "我想", "想要", "想", "要", "去", "预约", "办理", "办", "一下", "一个", "个"];
    private static readonly string[] s_behind = ["的业务", "业务", "事项", "预约", "吧"];

    /// <summary>The service of that name or alias; null when it is none, or the words say more than a name.</summary>
    public ServiceItem? Find(string words)
    {
        var name = Bare(Chinese.Fold(words));
        return name.Length == 0 ? null : plans.Current.ServicesAt("").FirstOrDefault(s => Names(s).Any(n => Chinese.Fold(n) == name));
    }

    /// <summary>Whether the words ask for something to be done, and for nothing else: 办居住证, but not 居住证 alone.</summary>
    public ServiceItem? Asked(string words)
    {
        var folded = Chinese.Fold(words);
        return s_before.Any(w => folded.StartsWith(w, StringComparison.Ordinal)) ? Find(folded) : null;
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
}
