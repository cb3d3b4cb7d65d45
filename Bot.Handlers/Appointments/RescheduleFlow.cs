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
    private static readonly Text s_confirm = Text.Of("move.confirm");
    private static readonly Text s_yes = Text.Of("move.yes");
    private static readonly Text s_done = Text.Of("move.done");
    private static readonly Text s_notFound = Text.Of("mine.not-found");
    private static readonly Text s_tooLate = Text.Of("mine.too-late");

    public override string Name => "reschedule";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override IReadOnlyList<Step<Draft>> Steps =>
    [
        // What is moved: number, service and old place came with the command.
        Note("number", (d, number) => d with { Number = number }),
        Note("service", (d, service) => d with { Service = service }),
        Note("old", (d, place) => d with { Old = Place.Parse(place, null) }),
        .. WhenSteps(d => words.Hall(d.Old).Name, d => d.Old.Group, all: false),
        new("confirm", (d, _) => Task.FromResult(new Question(
            s_confirm.Say(words.When(d.Old), words.When(d.Place!.Value), words.ServiceName(d.Service), words.Hall(d.Place!.Value).Name),
            [new("yes", s_yes.Say())])), (d, _) => new(d)) { Reads = ReadYes },
    ];

    protected override Draft NewDraft(OpenId citizen, Guid run) => new() { Run = run };

    protected override async Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct)
    {
        if (await MineAsync(request, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        return MyBooking.TooLate(booking, plans.Current.Rules, words.Now) is { } minutes ? Answer.Say(s_tooLate.Say(BookingWords.Lasting(minutes))) : null;
    }

    protected override async Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) =>
        await MineAsync(request, ct) is { } booking
            ? [new("number", booking.Number), new("service", booking.Service), new("old", booking.Place.ToString())] : [];

    protected override bool Has(Draft draft) => draft.Place == draft.Old;

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) =>
        await bookings.MoveAsync(run, citizen, draft.Number, draft.Place!.Value, ct) switch
        {
            BookingResult.Booked moved => new Ending.Done(Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(moved.Booking, ct)}")),
            BookingResult.NotFound => new Ending.Done(Answer.Say(s_notFound.Say())),
            BookingResult.TooLate late when late.Minutes == plans.Current.Rules.ChangeMinutes => new Ending.Done(Answer.Say(s_tooLate.Say(BookingWords.Lasting(late.Minutes)))),
            var refused => BookingOffice.Refused(refused),
        };

    private async Task<Booking?> MineAsync(Request request, CancellationToken ct) =>
        await bookings.FindAsync(request.Argument, ct) is { Status: BookingStatus.Booked or BookingStatus.Displaced } booking && booking.Citizen == request.Citizen ? booking : null;

    public sealed record Draft : PlaceDraft
    {
        public string Number { get; init; } = "";
        public string Service { get; init; } = "";
        public Place Old { get; init; }
    }
}
