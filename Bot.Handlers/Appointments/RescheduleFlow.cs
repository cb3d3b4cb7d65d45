using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>改期: another day and slot for a booking; the old place is kept until the new one is got.</summary>
public sealed class RescheduleFlow(AppointmentPlans plans, PlaceChoices choices, IPlaces places, IBookings bookings, BookingWords words)
    : PlaceFlow<RescheduleFlow.Draft>(choices, places)
{
    private static readonly Text s_title = Text.Of("move.title");
    private static readonly Text s_branch = Text.Of("booking.branch");
    private static readonly Text s_confirm = Text.Of("move.confirm");
    private static readonly Text s_yes = Text.Of("move.yes");
    private static readonly Text s_done = Text.Of("move.done");
    private static readonly Text s_notFound = Text.Of("mine.not-found");
    private static readonly Text s_nowhere = Text.Of("move.nowhere");

    public override string Name => "reschedule";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override IReadOnlyList<Step<Draft>> Steps =>
    [
        // What is moved: number, service and old place came with the command.
        Note("number", (d, number) => d with { Number = number }),
        Note("service", (d, service) => d with { Service = service }),
        Note("old", (d, place) => d with { Old = Place.Parse(place, null) }),
        // The hall may be closed for good.
        Note("closed", (d, _) => d with { Closed = true }),
        Pick("branch", d => s_branch.Say(words.ServiceName(d.Service)), Halls, (d, code) => d with { Branch = code }) with { When = d => d.Closed },
        .. WhenSteps(d => plans.Current.BranchOf(Group(d)).Name, Group, all: false, d => d.Closed ? null : d.Old),
        new("confirm", (d, _) => Task.FromResult(new Question(
            s_confirm.Say(words.When(d.Old), words.When(d.Place!.Value), words.ServiceName(d.Service), words.Hall(d.Place!.Value).Name),
            [new("yes", s_yes.Say())])), (d, _) => new(d)) { Reads = ReadYes },
    ];

    protected override Draft NewDraft(OpenId citizen, Guid run) => new() { Run = run };

    protected override async Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct)
    {
        if (await MyBooking.FindAsync(bookings, request.Citizen, request.Argument, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        if (MyBooking.Over(booking, words) is { } over)
            return Answer.Say(over);
        if (!plans.Current.BranchesFor(booking.Service).Any())
            return Answer.Say(s_nowhere.Say(words.ServiceName(booking.Service), words.CallHall(booking.Place)));
        return plans.Current.Rules.MayChange(booking, words.Now) ? null : Answer.Say(words.TooLate(booking.Place, plans.Current.Rules.ChangeMinutes));
    }

    protected override async Task<IEnumerable<FlowAnswer>> GivenAsync(Request request, CancellationToken ct) =>
        await MineAsync(request, ct) is { } booking
            ?
            [
                new("number", booking.Number), new("service", booking.Service), new("old", booking.Place.ToString()),
                .. booking.Status is BookingStatus.Displaced ? [new("closed", "yes")] : (FlowAnswer[])[],
            ] : [];

    private Task<IReadOnlyList<Option<string>>> Halls(Draft d, CancellationToken ct) => Task.FromResult<IReadOnlyList<Option<string>>>(
        [.. plans.Current.BranchesFor(d.Service).OrderBy(b => b.Code != words.Hall(d.Old).Code).Select(b => new Option<string>(b.Code, b.Name))]);

    private int Group(Draft d) => plans.Current.GroupFor(d.Service, d.Branch)?.Id ?? d.Old.Group;

    protected override async Task<Ending> EndAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) =>
        await bookings.MoveAsync(run, citizen, draft.Number, draft.Place!.Value, ct) switch
        {
            BookingResult.Booked moved => new Ending.Done(Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(moved.Booking, ct)}")),
            BookingResult.NotFound => new Ending.Done(Answer.Say(s_notFound.Say())),
            BookingResult.TooLate { ToChange: true } late => new Ending.Done(Answer.Say(words.TooLate(draft.Old, late.Minutes))),
            var refused => BookingOffice.Refused(refused),
        };

    private async Task<Booking?> MineAsync(Request request, CancellationToken ct) =>
        await bookings.FindAsync(request.Argument, ct) is { Status: BookingStatus.Booked or BookingStatus.Displaced } booking && booking.Citizen == request.Citizen ? booking : null;

    public sealed record Draft : PlaceDraft
    {
        public string Number { get; init; } = "";
        public string Service { get; init; } = "";
        public Place Old { get; init; }
        public bool Closed { get; init; }
        public string Branch { get; init; } = "";
    }
}
