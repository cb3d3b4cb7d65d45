using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>预约办事: what, where, when, and who comes. A slot that is full can be waited for.</summary>
public sealed class BookingFlow(
    AppointmentPlans plans, PlaceChoices choices, IPlaces places, IVisitors visitors, ServiceNames names, BookingOffice office, PersonalAnswers personal, TimeProvider clock)
    : PlaceFlow<BookingDraft>(choices, places, personal)
{
    private const string FamilyWord = "家人";
    private const string Other = "other";

    private static readonly Text s_title = Text.Of("booking.title");
    private static readonly Text s_service = Text.Of("booking.service");
    private static readonly Text s_serviceAt = Text.Of("booking.service-at");
    private static readonly Text s_codeGone = Text.Of("chat.code-gone");
    private static readonly Text s_branch = Text.Of("booking.branch");
    private static readonly Text s_branchNear = Text.Of("booking.branch-near");
    private static readonly Text s_kilometres = Text.Of("booking.kilometres");
    private static readonly Text s_priority = Text.Of("booking.priority");
    private static readonly Text s_elder = Text.Of("booking.priority-elder");
    private static readonly Text s_disabled = Text.Of("booking.priority-disabled");
    private static readonly Text s_soldier = Text.Of("booking.priority-soldier");
    private static readonly Text s_nobody = Text.Of("booking.priority-none");
    private static readonly Text s_who = Text.Of("booking.who");
    private static readonly Text s_self = Text.Of("booking.who-self");
    private static readonly Text s_family = Text.Of("booking.who-family");
    private static readonly Text s_other = Text.Of("booking.who-other");
    private static readonly Text s_privacy = Text.Of("booking.privacy");
    private static readonly Text s_name = Text.Of("booking.name");
    private static readonly Text s_nameWaiting = Text.Of("booking.name-waiting");
    private static readonly Text s_nameFamily = Text.Of("booking.name-family");
    private static readonly Text s_nameWrong = Text.Of("booking.name-wrong");
    private static readonly Text s_id = Text.Of("booking.id");
    private static readonly Text s_idWrong = Text.Of("booking.id-wrong");
    private static readonly Text s_phone = Text.Of("booking.phone");
    private static readonly Text s_phoneWrong = Text.Of("booking.phone-wrong");
    private static readonly Text s_yes = Text.Of("booking.confirm-yes");
    private static readonly Text s_remember = Text.Of("booking.confirm-remember");
    private static readonly Text s_wait = Text.Of("booking.confirm-wait");

    // Age needs no claim: the ID number tells.
    private static readonly Option<string>[] s_groups =
    [
        new(nameof(PriorityClaim.None), s_elder.Say()), new(nameof(PriorityClaim.Disabled), s_disabled.Say()), new(nameof(PriorityClaim.Soldier), s_soldier.Say()),
        new("nobody", s_nobody.Say()),
    ];

    public override string Name => "booking";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override Text PrivacyNotice => s_privacy;

    protected override IReadOnlyList<Step<BookingDraft>> Steps =>
    [
        Note("near", (d, place) => d with { Near = ReadPlace(place) }) with { Hears = m => m is LocationMessage l ? Written(l) : null },
        Note("at", (d, branch) => d with { Branch = branch }),
        Pick("service", d => d.Branch.Length == 0 ? s_service.Say() : s_serviceAt.Say(BranchName(d)), Services, (d, code) => d with { Service = code }) with { Reads = names.Read },
        Pick("branch", d => (d.Near is null ? s_branch : s_branchNear).Say(ServiceName(d)), Branches, (d, code) => d with { Branch = code }) with
        {
            When = d => d.Branch.Length == 0, Reads = ReadBranch,
        },
        .. WhenSteps(BranchName, Group, all: true),
        Pick("priority", s_priority.Say(), (_, _) => Of(s_groups), PutPriority) with { When = d => d.Reserved },
        Pick("who", _ => s_who.Say(), Known, (d, who) => Guid.TryParse(who, out var id) ? d with { Known = id } : d) with { Optional = true },
        Ask("name", d => d.Waits ? s_nameWaiting.Say() : s_name.Say(plans.Current.Rules.HoldMinutes), (d, said) =>
            Utterance.Unmarked(said) == FamilyWord ? new(d with { Family = true }) : PutName(d, said)) with { When = New, Personal = true, Brief = "" },
        Ask("family", s_nameFamily.Say(), PutName) with { When = d => New(d) && d.Family, Personal = true },
        Ask("id", s_id.Say(), (d, said) => IdNumber.Read(said, Today) is { } id ? new(d with { IdNumber = id }) : new(d, s_idWrong.Say())) with { When = New, Personal = true },
        Ask("phone", s_phone.Say(), (d, said) => PhoneNumber.Read(said) is { } phone ? new(d with { Phone = phone }) : new(d, s_phoneWrong.Say())) with { When = New, Personal = true },
        new("confirm", ConfirmAsync, (d, answer) => new(d with { Remember = answer == "remember" })) { Reads = ReadYes },
    ];

    protected override BookingDraft NewDraft(OpenId citizen, Guid run) => new() { Citizen = citizen, Run = run };

    // Whoever may not book at all learns so once it is known who comes, and not when all is filled in.
    protected override async Task<Ending?> CheckAsync(OpenId citizen, Guid run, BookingDraft draft, CancellationToken ct)
    {
        var ending = await base.CheckAsync(citizen, run, draft, ct)
            ?? (draft.Place is not null && (!New(draft) || draft.IdNumber.Length > 0) ? await office.LookAsync(draft, ct) : null);
        if (ending is Ending.Done)
            await DropAsync(citizen, ct);
        return ending;
    }

    protected override Task<Ending> EndAsync(OpenId citizen, Guid run, BookingDraft draft, CancellationToken ct) =>
        draft.Waits ? office.WaitAsync(draft, ct) : office.BookAsync(draft, ct);

    protected override async Task<IEnumerable<FlowAnswer>> GivenAsync(Request request, CancellationToken ct)
    {
        List<FlowAnswer> answers = [];
        if (await visitors.PlaceAsync(request.Citizen, TimeSpan.FromDays(1), ct) is var (latitude, longitude))
            answers.Add(new("near", string.Create(CultureInfo.InvariantCulture, $"{latitude},{longitude}")));
        if (Named(request.Argument) is { } named)
            answers.Add(named);
        return answers;
    }

    // A poster hangs longer than a service is offered.
    protected override string FirstWords(Request request) => request is { IsByCode: true, Argument.Length: > 0 } && Named(request.Argument) is null ? s_codeGone.Say() : "";

    // The argument is a service's code, a hall's, or what a citizen calls a service.
    private FlowAnswer? Named(string argument) =>
        (plans.Current.Service(argument) ?? names.Find(argument)) is { Active: true } service ? new("service", service.Code)
        : plans.Current.Branch(argument) is { Active: true } branch ? new("at", branch.Code) : null;

    private Task<IReadOnlyList<Option<string>>> Services(BookingDraft d, CancellationToken ct) => Of(
        plans.Current.ServicesAt(d.Branch).Select(s => new Option<string>(s.Code, s.Name)));

    private Task<IReadOnlyList<Option<string>>> Branches(BookingDraft d, CancellationToken ct)
    {
        var halls = plans.Current.BranchesFor(d.Service).Select(b => (Hall: b, Away: d.Near is var (lat, lon) ? b.KilometresFrom(lat, lon) : null));
        return Of(halls.OrderBy(b => b.Away ?? double.MaxValue)
            .Select(b => new Option<string>(b.Hall.Code, b.Away is { } km ? s_kilometres.Say(b.Hall.Name, km) : b.Hall.Name)));
    }

    // Who has no priority waits for one of the other places.
    private static BookingDraft PutPriority(BookingDraft d, string group) => Enum.TryParse<PriorityClaim>(group, out var claim)
        ? d with { Claim = claim } : d with { Reserved = false, Waits = true };

    private async Task<IReadOnlyList<Option<string>>> Known(BookingDraft d, CancellationToken ct) =>
        await visitors.KnownAsync(d.Citizen, ct) is { Count: > 0 } known
            ? [
                .. known.Select(k => new Option<string>(k.Id.ToString("N"),
                    (k.Visitor.Family ? s_family : s_self).Say(PersonName.Mask(k.Visitor.Name), IdNumber.Mask(k.Visitor.IdNumber)))),
                new(Other, s_other.Say()),
            ] : [];

    private async Task<Question> ConfirmAsync(BookingDraft d, CancellationToken ct)
    {
        FlowChoice[] choices = d.Waits ? [new("yes", s_wait.Say())]
            : New(d) ? [new("yes", s_yes.Say()), new("remember", s_remember.Say())] : [new("yes", s_yes.Say())];
        return new(await office.SummaryAsync(d, ct), choices);
    }

    private static Reading ReadBranch(Utterance said, IReadOnlyList<FlowChoice> choices) =>
        said.Words.Length >= 2 && choices.Where(c => c.Label.Contains(said.Words, StringComparison.OrdinalIgnoreCase)).ToArray() is [var one] ? new(one.Key) : default;

    private static Taken<BookingDraft> PutName(BookingDraft d, string said) =>
        PersonName.Read(said) is { } name ? new(d with { Name = name }) : new(d, s_nameWrong.Say());

    private static bool New(BookingDraft d) => d.Known is null;

    private int Group(BookingDraft d) => plans.Current.GroupFor(d.Service, d.Branch)?.Id ?? 0;

    private string ServiceName(BookingDraft d) => plans.Current.Service(d.Service)?.Name ?? "";

    private string BranchName(BookingDraft d) => plans.Current.Branch(d.Branch)?.Name ?? "";

    private DateOnly Today => Beijing.DateOf(clock.GetUtcNow());

    private static string Written(LocationMessage place) => string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.###},{place.Longitude:0.###}");

    private static (double, double)? ReadPlace(string written) => written.Split(',') is [var lat, var lon]
        && double.TryParse(lat, CultureInfo.InvariantCulture, out var latitude) && double.TryParse(lon, CultureInfo.InvariantCulture, out var longitude)
        ? (latitude, longitude) : null;

    private static Task<IReadOnlyList<Option<string>>> Of(IEnumerable<Option<string>> options) => Task.FromResult<IReadOnlyList<Option<string>>>([.. options]);
}
