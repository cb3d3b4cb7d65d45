using System.Collections.Frozen;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Handlers;

/// <summary>The handlers and flows that the table names, each made once: they keep nothing between two messages.</summary>
public sealed class HandlerSet
{
    private readonly FrozenDictionary<Type, object> _targets;
    private readonly FrozenDictionary<string, IFlow> _flows;

    public HandlerSet(RouteTable routes, IServiceProvider services)
    {
        _targets = routes.Select(r => r.Target).Distinct().ToFrozenDictionary(t => t, t => services.GetRequiredService(t));
        _flows = _targets.Values.OfType<IFlow>().ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The forms that outlive the conversation.</summary>
    internal IEnumerable<IKeptFlow> Kept => _flows.Values.OfType<IKeptFlow>();

    public IHandler Handler(Route route) => (IHandler)_targets[route.Target];

    public IFlow Flow(Route route) => (IFlow)_targets[route.Target];

    /// <summary>Null when a release removed it.</summary>
    public IFlow? Flow(string name) => _flows.GetValueOrDefault(name);
}
