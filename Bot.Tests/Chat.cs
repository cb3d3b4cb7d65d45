using System.Buffers;
using System.Globalization;
using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Desk;
using Bot.Handlers.Keywords;
using Bot.Handlers.Policies;
using Bot.Handlers.Routing;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests;

/// <summary>Plays a written conversation against the bot and compares every answer.</summary>
/// <remarks>
/// <c>&gt; words</c> the citizen types; <c>&gt;! name argument</c> something else happens (click, scan, follow, unfollow, voice, place, spot, image, film,
/// <c>late words</c>: sent before the last message, <c>same-second words</c>: in the second of the last); <c>+31m</c> lets time pass; <c>…</c> stands for any lines; the rest is what the bot must say.
/// The session goes through its stored form between any two messages.
/// </remarks>
internal sealed class Chat
{
    private static readonly OpenId s_citizen = new("oTestCitizen");

    private readonly ServiceProvider _services;
    private byte[] _session = [];
    private long _messageId;

    public Chat(Action<IServiceCollection>? more = null, RouteTable? table = null, FakeTimeProvider? clock = null)
    {
        Clock = clock ?? new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton(new ConversationOptions());
        services.AddSingleton(new AccountProfile("滨海市政务服务", "https://bot.example.gov.cn"));
        services.AddSingleton(OfficeHours.TryParse("周一至周五 09:00-12:00 13:30-17:30", out var hours) ? hours : throw new AssertionException("hours"));
        services.AddSingleton<Bot.Data.Notices.INoticeEvents>(new HeardEvents());
        services.AddSingleton<Bot.Data.Notices.INoticeOptOuts>(new Notices.RememberedOptOuts()).AddSingleton<Bot.Data.Consents.IConsents>(new Notices.RememberedConsents());
        services.AddSingleton<Bot.Data.Notices.INoticeTesters>(new Notices.OneTester());
        services.AddSingleton<Bot.Data.Privacy.IPrivacyRequests>(new Privacy.HeardRequests()).AddSingleton<Bot.Data.Privacy.IPrivacyConsents>(new Privacy.RememberedNotices());
        services.AddSingleton<Bot.Data.Conversations.IDeskCalls>(Calls);
        services.AddSingleton<Bot.Data.Articles.IArticles>(new Publishing.NoArticles()).AddSingleton<Bot.Data.Articles.IArticlePushes>(new Publishing.PushDesk());
        services.AddSingleton<IFollowLog>(Followers).AddSingleton<ISearchWatch>(Searches);
        services.AddSingleton<Bot.Data.Policies.ITopics>(Topics).AddSingleton<Bot.Data.Policies.IPolicyMisses>(Wishes);
        services.AddSingleton<IScreens>(new OwnScreen(this));
        Complaints.NoCases.AddTo(services);
        services.AddSingleton<Bot.Data.Surveys.ISurveys>(Surveys);
        services.AddSingleton<Bot.Data.Consultations.IConsultations>(Consultations);
        services.AddBotHandlers(table ?? BotRoutes.Table);
        services.AddSingleton<Bot.Handlers.Participation.Surveys.ISurveyGate>(Surveys);
        Appointments.NoHalls.AddTo(services);
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>A Monday morning in Beijing.</summary>
    public FakeTimeProvider Clock { get; }

    public RememberedFollows Followers { get; } = new();

    public CountedSearches Searches { get; } = new();

    public Desk.RememberedCalls Calls { get; } = new();

    public Participation.RememberedSurveys Surveys { get; } = new();

    public Participation.RememberedComments Consultations { get; } = new();

    public Policies.RememberedTopics Topics { get; } = new();

    public Policies.RememberedWishes Wishes { get; } = new();

    public Session Session => SessionJson.Read(_session);

    /// <summary>What else may happen in a script: <c>&gt;! name arguments</c>, and the lines that show what came of it.</summary>
    public Dictionary<string, Func<string[], Task<string>>> Acts { get; } = [];

    public IServiceProvider Services => _services;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Chat With(params IEnumerable<Bot.Data.Policies.Policy> policies) => With(new ShelfContent([.. policies]));

    public Chat With(ShelfContent content)
    {
        Get<PolicyLibrary>().Replace(content);
        return this;
    }

    public Chat WithKeywords(params IEnumerable<Bot.Data.Keywords.KeywordReply> rules)
    {
        Get<KeywordRules>().Replace([.. rules]);
        return this;
    }

    public async Task<Reply> SayAsync(Inbound message)
    {
        // What is said after something else comes after it by the clock.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var turn = await Get<Dispatcher>().DispatchAsync(message, Session, CancellationToken.None);
        var kept = new ArrayBufferWriter<byte>();
        SessionJson.Write(turn.Session, kept);
        _session = kept.WrittenSpan.ToArray();
        return turn.Reply;
    }

    public Task<Reply> SayAsync(string words) => SayAsync(Typed(words));

    public TextMessage Typed(string words) => new()
    {
        Account = "gh_test", From = s_citizen, CreateTime = Clock.GetUtcNow().ToUnixTimeSeconds(), MsgId = ++_messageId, Content = words,
    };

    public async Task PlaysAsync(string script)
    {
        List<string> expected = [], actual = [];
        foreach (var line in script.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            expected.Add(line);
            if (line.StartsWith(">! ", StringComparison.Ordinal) && Acts.TryGetValue(line[3..].Split(' ')[0], out var act))
            {
                actual.Add(line);
                actual.AddRange((await act(line[3..].Split(' ')[1..])).Split('\n'));
            }
            else if (line.StartsWith('>'))
            {
                actual.Add(line);
                actual.AddRange(Shown(await SayAsync(Made(line))).Split('\n'));
            }
            else if (line.StartsWith('+'))
            {
                actual.Add(line);
                Clock.Advance(TimeSpan.FromMinutes(int.Parse(line[1..^1], CultureInfo.InvariantCulture)));
            }
        }

        Assert.That(string.Join('\n', actual), new Transcript(string.Join('\n', expected)));
    }

    private Inbound Made(string line)
    {
        if (!line.StartsWith(">! ", StringComparison.Ordinal))
            return Typed(line[1..].TrimStart());
        var (name, argument) = line[3..].Split(' ', 2) is [var n, var a] ? (n, a) : (line[3..], "");
        var time = Clock.GetUtcNow().ToUnixTimeSeconds();
        return name switch
        {
            "click" => new ClickEvent { Account = "gh_test", From = s_citizen, CreateTime = time, Name = "CLICK", EventKey = argument },
            "scan" => new ScanEvent { Account = "gh_test", From = s_citizen, CreateTime = time, Name = "SCAN", Scene = argument, EventKey = argument },
            "follow" => new SubscribeEvent { Account = "gh_test", From = s_citizen, CreateTime = time, Name = "subscribe", Scene = argument.Length == 0 ? null : argument },
            "unfollow" => new UnsubscribeEvent { Account = "gh_test", From = s_citizen, CreateTime = time, Name = "unsubscribe" },
            "voice" => new VoiceMessage { Account = "gh_test", From = s_citizen, CreateTime = time, MsgId = ++_messageId, MediaId = "m", Recognition = argument },
            "place" => new LocationMessage { Account = "gh_test", From = s_citizen, CreateTime = time, MsgId = ++_messageId, Latitude = 39.9, Longitude = 116.4, Label = argument },
            "at" => new LocationMessage
            {
                Account = "gh_test", From = s_citizen, CreateTime = time, MsgId = ++_messageId,
                Latitude = double.Parse(argument.Split(',')[0], CultureInfo.InvariantCulture), Longitude = double.Parse(argument.Split(',')[1], CultureInfo.InvariantCulture),
            },
            "image" => new ImageMessage { Account = "gh_test", From = s_citizen, CreateTime = time, MsgId = ++_messageId, MediaId = argument.Length == 0 ? "m" : argument },
            "film" => new VideoMessage { Account = "gh_test", From = s_citizen, CreateTime = time, MsgId = ++_messageId, MediaId = argument },
            "late" => Typed(argument) with { CreateTime = time - 5 },
            "same-second" => Typed(argument),
            _ => throw new AssertionException($"The script does not know “{name}”"),
        };
    }

    internal static string Shown(Reply reply) => reply switch
    {
        Reply.Text text => text.Content,
        Reply.Nothing => "(nothing)",
        Reply.ToHuman => "(handed over)",
        _ => $"({reply.GetType().Name})",
    };

    // What a job shows by itself, as the Host's own does.
    private sealed class OwnScreen(Chat chat) : IScreens
    {
        public Task<bool> ShowAsync(OpenId citizen, System.Collections.Immutable.ImmutableArray<string> choices, DateTimeOffset sentAt, string key, CancellationToken ct)
        {
            if (citizen != s_citizen)
                return Task.FromResult(true);
            var kept = new ArrayBufferWriter<byte>();
            SessionJson.Write(chat.Session.Prompted(choices, sentAt), kept);
            chat._session = kept.WrittenSpan.ToArray();
            return Task.FromResult(true);
        }
    }
}
