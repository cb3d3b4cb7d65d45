using System.Reflection;
using Bot.Data;
using Bot.Handlers;
using Bot.Handlers.Flows;
using Bot.Host.Delivery;
using Bot.Simulator;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class DependencyTests
{
    private static readonly Assembly s_weChat = typeof(OpenId).Assembly;
    private static readonly Assembly s_data = typeof(Migrator).Assembly;
    private static readonly Assembly s_handlers = typeof(BotRoutes).Assembly;
    private static readonly Assembly s_simulator = typeof(SimulatorOptions).Assembly;
    private static readonly Assembly s_host = typeof(Inbox).Assembly;

    private static readonly string[] s_storage = ["Npgsql", "Dapper", "StackExchange.Redis", "dbup-core", "dbup-postgresql"];

    private static IEnumerable<TestCaseData> Houses() =>
    [
        new TestCaseData(s_weChat, Array.Empty<string>()).SetArgDisplayNames("Bot.WeChat"),
        new TestCaseData(s_data, new[] { "Bot.WeChat" }).SetArgDisplayNames("Bot.Data"),
        new TestCaseData(s_handlers, new[] { "Bot.Data", "Bot.WeChat" }).SetArgDisplayNames("Bot.Handlers"),
        new TestCaseData(s_simulator, new[] { "Bot.WeChat" }).SetArgDisplayNames("Bot.Simulator"),
        new TestCaseData(s_host, new[] { "Bot.Data", "Bot.Handlers", "Bot.Simulator", "Bot.WeChat" }).SetArgDisplayNames("Bot.Host"),
    ];

    [TestCaseSource(nameof(Houses))]
    public void Uses_only_the_projects_to_its_right(Assembly assembly, string[] allowed) =>
        Assert.That(References(assembly).Where(name => name.StartsWith("Bot.", StringComparison.Ordinal)), Is.SubsetOf(allowed));

    [Test]
    public void Meets_storage_in_Bot_Data_only()
    {
        Assert.That(References(s_data), Is.SupersetOf(new[] { "Npgsql", "Dapper", "StackExchange.Redis" }));
        foreach (var assembly in new[] { s_weChat, s_handlers, s_simulator, s_host })
            Assert.That(References(assembly).Intersect(s_storage), Is.Empty, assembly.GetName().Name);
    }

    [Test]
    public void Keeps_HTTP_out_of_the_handlers() =>
        Assert.That(References(s_handlers).Where(name => name.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) || name == "System.Net.Http"), Is.Empty);

    private static IEnumerable<Type> HandlersAndFlows() => s_handlers.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && (type.IsAssignableTo(typeof(IHandler)) || type.IsAssignableTo(typeof(IFlow)))
            && type != typeof(Bot.Handlers.Participation.Surveys.SurveyForm));         // made by SurveyFlow, one for each survey

    [TestCaseSource(nameof(HandlersAndFlows))]
    public void Every_handler_and_flow_is_on_the_table(Type type) =>
        Assert.That(BotRoutes.Table.Select(route => route.Target), Does.Contain(type));

    [Test]
    public void Every_route_has_a_name_of_its_own_and_a_target_that_fits()
    {
        Assert.That(BotRoutes.Table.Select(route => route.Name), Is.Unique);
        foreach (var route in BotRoutes.Table)
            Assert.That(route.Target.IsAssignableTo(route.StartsFlow ? typeof(IFlow) : typeof(IHandler)), Is.True, route.Name);
        Assert.That(BotRoutes.Table.Select(route => route.Name), Is.SupersetOf(new[] { "help", "silence" }), "the dispatcher falls back on them");
    }

    [Test]
    public void Every_flow_has_a_name_of_its_own() =>
        Assert.That(BotRoutes.Table.Where(route => route.StartsFlow).Select(route => route.Target).Distinct().Select(type => type.Name), Is.Unique);

    private static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)];
}
