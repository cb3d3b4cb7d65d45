using Bot.Handlers;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;
using static Bot.Handlers.Routing.Route;

namespace Bot.Tests.Conversations;

/// <summary>A form with every kind of step, for the engine's tests.</summary>
internal sealed class FormFlow(FormFlow.World world) : Flow<FormFlow.Draft>(world.Personal)
{
    public override string Name => "form";

    public override string Title => "登记";

    public override int Version => world.Version;

    protected override IReadOnlyList<Step<Draft>> Steps => world.Arrange(
    [
        Pick("colour", "请选择颜色：", (_, _) => Task.FromResult(world.Colours), (d, c) => d with { Colour = c }),
        Ask("name", "请输入姓名：", (d, name) => name.Length > 4 ? new(d, "姓名太长了。") : new(d with { Name = name })),
        Pick("day", "请选择日期：", (_, _) => Task.FromResult<IReadOnlyList<Option<DateOnly>>>(
            [.. Enumerable.Range(1, 12).Select(i => new Option<DateOnly>(new(2026, 12, i), $"12月{i}日"))]), (d, day) => d with { Day = day }) with { When = d => d.Colour != "黑" },
        Ask("place", "请发送位置：", (d, place) => new(d with { Place = place })) with
        {
            Hears = m => m is LocationMessage place ? place.Label : null,
        },
        Gather("notes", "请写备注，写完回复“完成”：", (d, note) => note.Length > 4 ? new(d, "备注太长了。") : new(d with { Notes = [.. d.Notes, note] }),
            d => $"已记{d.Notes.Length}条。", d => d.Notes.Length == 0 ? "还没有备注。" : null) with
        {
            When = _ => world.Gathers, Hears = m => m is ImageMessage ? "图" : null,
        },
        Optional("mail", "请输入邮箱：", "不留邮箱", (d, mail) => new(d with { Mail = mail })) with { When = _ => world.Gathers },
        new Step<Draft>("settled", (d, _) => Task.FromResult(d.Mail.Length > 0 ? Question.SettledAs("mail") : new Question("要回信吗？", [new("no", "不要")])), (d, _) => new(d)) with
        {
            When = _ => world.Gathers,
        },
        Confirm(d => world.Gathers ? $"{string.Join('+', d.Notes)} {d.Mail}，确认吗？" : $"{d.Colour} {d.Name} {d.Day:M月d日} {d.Place}，确认吗？"),
    ]);

    protected override Text? PrivacyNotice => world.Personal is null ? null : Notice;

    protected override Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct) => Task.FromResult(world.TurnAway);

    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) => Task.FromResult(world.First);

    protected override Task<Ending?> CheckAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) => Task.FromResult(world.Check(draft));

    protected override Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct) => Task.FromResult(world.Note(state, answer));

    protected override Task DropAsync(OpenId citizen, CancellationToken ct)
    {
        world.Dropped++;
        return Task.CompletedTask;
    }

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct)
    {
        world.Finished.Add(run);
        return Task.FromResult(world.End(draft));
    }

    public static Text Notice { get; } = Text.Of("case.privacy");

    public static RouteTable Table { get; } =
    [
        .. BotRoutes.Table.Where(r => r.Name is not "text"),
        On("form").Words("登记", "我要登记").Key("FORM").Starts<FormFlow>(),
        On("text").Anything().To<FreeText>(),
    ];

    public sealed record Draft
    {
        public string Colour { get; init; } = "";
        public string Name { get; init; } = "";
        public DateOnly Day { get; init; }
        public string Place { get; init; } = "";
        public string[] Notes { get; init; } = [];
        public string Mail { get; init; } = "";
    }

    /// <summary>What the form's surroundings are; a release or an event changes them in mid-conversation.</summary>
    public sealed class World
    {
        public int Version { get; set; } = 1;

        /// <summary>Whether the form asks for notes and mail, too.</summary>
        public bool Gathers { get; set; }

        public IReadOnlyList<Option<string>> Colours { get; set; } = [new("红", "红色"), new("黑", "黑色")];

        public Func<IReadOnlyList<Step<Draft>>, IReadOnlyList<Step<Draft>>> Arrange { get; set; } = steps => steps;

        /// <summary>Set for a form with personal steps, which then has a notice, too.</summary>
        public PersonalAnswers? Personal { get; set; }

        public Answer? TurnAway { get; set; }

        /// <summary>What came with the command.</summary>
        public IEnumerable<FlowAnswer> First { get; set; } = [];

        public Func<Draft, Ending?> Check { get; set; } = _ => null;

        public Func<FlowState, FlowAnswer, FlowState> Note { get; set; } = (state, _) => state;

        public int Dropped { get; set; }

        public Func<Draft, Ending> End { get; set; } = d => new Ending.Done(Answer.Say($"登记成功：{d.Colour} {d.Name}"));

        public List<Guid> Finished { get; } = [];
    }
}
