using System.Collections;
using System.Collections.Frozen;
using Bot.WeChat;

namespace Bot.Handlers.Routing;

/// <summary>The routes, in the order written, with an index for each kind of door.</summary>
public sealed class RouteTable : IEnumerable<Route>
{
    private const int LongestOwn = 12;

    // The longer before what it begins with.
    private static readonly string[] s_leads = ["请帮我", "麻烦帮我", "帮我", "我想要", "我需要", "我想", "我要", "请"];

    private readonly List<Route> _routes = [];
    private readonly Lazy<Doors> _doors;

    public RouteTable() => _doors = new(() => new(_routes));

    public void Add(Route route) => _routes.Add(route);

    /// <summary>What takes a message that nothing else took.</summary>
    public Route Anything => _doors.Value.Anything;

    /// <summary>The route of a choice's command, such as <c>policy.card P001</c>; null when a release removed it.</summary>
    public Matched? Command(string command)
    {
        var space = command.IndexOf(' ', StringComparison.Ordinal);
        var (name, argument) = space < 0 ? (command, "") : (command[..space], command[(space + 1)..]);
        return _doors.Value.Names.TryGetValue(name, out var route) ? new(route, argument) : null;
    }

    /// <summary>The command that a citizen typed or said, if it is one.</summary>
    /// <param name="strict">True while a flow waits for words of the citizen's own: only an exact command is one then.</param>
    public Matched? Typed(Utterance said, bool strict)
    {
        var doors = _doors.Value;
        if (doors.Words.TryGetValue(said.Words, out var exact))
            return new(exact, exact.Meaning);
        if (!strict && doors.SoundsLike(said.Words) is { } alike)
            return new(alike, alike.Meaning);

        return doors.Prefixed(said.Words, strict) ?? (strict ? null : Politely(doors, said.Words));
    }

    // 我要取消预约, 帮我预约护照, 取消我的预约.
    private static Matched? Politely(Doors doors, string words)
    {
        foreach (var lead in s_leads)
        {
            if (words.Length > lead.Length && words.StartsWith(lead, StringComparison.Ordinal))
                return doors.Words.TryGetValue(words[lead.Length..], out var route) ? new(route, route.Meaning) : doors.Prefixed(words[lead.Length..], strict: false);
        }

        return words.Length <= LongestOwn && words.Contains("我的", StringComparison.Ordinal) && doors.Words.TryGetValue(words.Replace("我的", "", StringComparison.Ordinal), out var own)
            ? new(own, own.Meaning) : null;
    }

    public Matched? Key(string key) => _doors.Value.Keys.TryGetValue(key, out var route) ? new(route, route.Meaning) : null;

    public Matched? Scene(string scene)
    {
        foreach (var (prefix, route) in _doors.Value.Scenes)
        {
            if (scene.StartsWith(prefix, StringComparison.Ordinal))
                return new(route, scene[prefix.Length..]);
        }

        return null;
    }

    public Matched? Message(Inbound message) => _doors.Value.Messages.TryGetValue(message.GetType(), out var route) ? new(route) : null;

    public IEnumerator<Route> GetEnumerator() => _routes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Doors(List<Route> routes)
    {
        public FrozenDictionary<string, Route> Names { get; } = routes.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        public FrozenDictionary<string, Route> Words { get; } = Index(routes, r => r.Words);
        public FrozenDictionary<string, Route> Keys { get; } = Index(routes, r => r.Keys);
        public FrozenDictionary<Type, Route> Messages { get; } = routes.SelectMany(r => r.Messages.Select(t => (t, r))).ToFrozenDictionary(p => p.t, p => p.r);
        public (string Prefix, Route Route)[] Scenes { get; } = LongestFirst(routes, r => r.Scenes);
        public Route Anything { get; } = routes.Single(r => r.TakesAnything);

        private readonly (string Prefix, Route Route)[] _prefixes = LongestFirst(routes, r => r.Prefixes);
        private readonly SpokenWords _spoken = new(Index(routes, r => r.Words));

        public Route? SoundsLike(string words) => _spoken.Find(words);

        public Matched? Prefixed(string words, bool strict)
        {
            foreach (var (prefix, route) in _prefixes)
            {
                if (!words.StartsWith(prefix, StringComparison.Ordinal) || words.Length == prefix.Length)
                    continue;
                // 政策 居住证 is a command anywhere; 政策居住证 could as well begin somebody's own sentence.
                if (strict && words[prefix.Length] is not (' ' or ':'))
                    continue;
                var argument = words[prefix.Length..].TrimStart(' ', ':');
                if (route.Accepts(argument))
                    return new(route, route.Meaning.Length == 0 ? argument : $"{route.Meaning} {argument}");
            }

            return null;
        }

        private static FrozenDictionary<string, Route> Index(List<Route> routes, Func<Route, IEnumerable<string>> doors) =>
            routes.SelectMany(r => doors(r).Select(d => (d, r))).ToFrozenDictionary(p => p.d, p => p.r, StringComparer.Ordinal);

        private static (string, Route)[] LongestFirst(List<Route> routes, Func<Route, IEnumerable<string>> doors) =>
            [.. routes.SelectMany(r => doors(r).Select(d => (d, r))).OrderByDescending(p => p.d.Length)];
    }
}
