using Bot.Data.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>改期: another day and slot for a booking; the old place is kept until the new one is got.</summary>
public sealed class RescheduleFlow(AppointmentPlans plans, PlaceChoices choices, IPlaces places, IBookings bookings, BookingWords words) : Flow<RescheduleFlow.Draft>
{
    private static readonly Text s_title = Text.Of("move.title");
    private static readonly Text s_day = Text.Of("booking.day");
    private static readonly Text s_slot = Text.Of("booking.slot");
    private static readonly Text s_gone = Text.Of("booking.slot-gone");
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
        Note(PlaceChoices.HalfStep, (d, half) => d with { Afternoon = half == "pm" }),
        Pick("day", d => s_day.Say(words.Hall(d.Old).Name), Days, (d, day) => d with { Day = day }) with { Reads = choices.ReadDay },
        Pick("slot", d => s_slot.Say(ChineseDays.Say(d.Day, words.Today)), Slots, (d, slot) => d with { Place = Place.Parse(slot, null) }) with { Reads = PlaceChoices.ReadSlot },
        new("confirm", (d, _) => Task.FromResult(new Question(
            s_confirm.Say(words.When(d.Old), words.When(d.Place!.Value), words.ServiceName(d.Service), words.Hall(d.Place!.Value).Name),
            [new("yes", s_yes.Say())])), (d, _) => new(d)) { Reads = BookingFlow.ReadYes },
    ];

    protected override Draft NewDraft(OpenId citizen, Guid run) => new() { Run = run };

    protected override async Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct)
    {
        if (await MineAsync(request, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        var minutes = plans.Current.Rules.ChangeMinutes;
        return booking.Status is BookingStatus.Booked && words.Now > booking.Place.StartsAt.AddMinutes(-minutes)
            ? Answer.Say(s_tooLate.Say(BookingWords.Lasting(minutes))) : null;
    }

    protected override async Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) =>
        await MineAsync(request, ct) is { } booking
            ? [new("number", booking.Number), new("service", booking.Service), new("old", booking.Place.ToString())] : [];

    protected override async Task<Ending.BackTo?> CheckAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) =>
        draft.Place is { } place && place != draft.Old && await places.HoldAsync(run, citizen, place, ct) is HoldResult.Gone
            ? new("slot", s_gone.Say()) { Only = ["slot", "confirm"] } : null;

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

    private Task<IReadOnlyList<Option<DateOnly>>> Days(Draft d, CancellationToken ct) => choices.DaysAsync(d.Old.Group, d.Run, waits: false, ct);

    private Task<IReadOnlyList<Option<string>>> Slots(Draft d, CancellationToken ct) => choices.SlotsAsync(d.Old.Group, d.Day, d.Afternoon, d.Run, waits: false, ct);

    public sealed record Draft
    {
        public Guid Run { get; init; }
        public string Number { get; init; } = "";
        public string Service { get; init; } = "";
        public Place Old { get; init; }
        public DateOnly Day { get; init; }
        public bool? Afternoon { get; init; }
        public Place? Place { get; init; }
    }
}
