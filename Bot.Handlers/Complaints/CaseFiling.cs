using Bot.Data.Cases;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>投诉, 举报, 咨询, 建议, 求助, 表扬: the form from the first word to the receipt.</summary>
public sealed class CaseFiling(
    ICases cases, HalfFilled half, ICasePhotos photos, CaseCatalogue catalogue, CategoryNames names, CaseQuestions questions, CaseReceipt receipt, PersonalAnswers personal)
    : Flow<CaseForm>(personal), IKeptFlow
{
    private static readonly Text s_title = Text.Of("case.title");
    private static readonly Text s_kind = Text.Of("case.kind");
    private static readonly Text s_category = Text.Of("case.category");
    private static readonly Text s_place = Text.Of("case.place");
    private static readonly Text s_noPlace = Text.Of("case.no-place");
    private static readonly Text s_anonymous = Text.Of("case.anonymous");
    private static readonly Text s_privacy = Text.Of("case.privacy");
    private static readonly Text s_contact = Text.Of("case.contact");
    private static readonly Text s_noContact = Text.Of("case.no-contact");
    private static readonly Text s_story = Text.Of("case.story");
    private static readonly Text s_photos = Text.Of("case.photos");
    private static readonly Text s_gone = Text.Of("case.join-gone");

    public override string Name => "case";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override Text PrivacyNotice => s_privacy;

    protected override IReadOnlyList<Step<CaseForm>> Steps =>
    [
        Note("citizen", (f, citizen) => f with { Citizen = citizen }),
        Note(HalfFilled.Opening, (f, words) => f with { Story = [CaseMessage.Clean(words)] }),
        new(HalfFilled.Draft, questions.DraftAsync, (f, _) => new(f)),
        Pick("kind", s_kind.Say(), questions.KindsAsync, (f, kind) => f with { Kind = CaseWords.ReadKind(kind) ?? CaseKind.Complaint }) with { Reads = names.ReadBeforeKind },
        Pick("category", s_category.Say(), questions.CategoriesAsync, (f, code) => f with { Category = code }) with { Reads = names.Read },
        Extra(0), Extra(1), Extra(2),
        Gather("story", s_story.Say(), CaseAnswers.Story, CaseAnswers.StoryNoted, CaseAnswers.StoryEnds) with { Ask = CaseQuestions.StoryAsync, Hears = CaseMessage.Media },
        Optional("place", s_place.Say(), s_noPlace.Say(), CaseAnswers.Place) with { Hears = CaseMessage.Place, When = CaseAnswers.HasPlace },
        new("same", questions.SameAsync, CaseAnswers.Same),
        Gather("photos", s_photos.Say(), CaseAnswers.Photo, CaseAnswers.PhotoNoted, _ => null) with
        {
            Ask = CaseQuestions.PhotosAsync, Hears = CaseMessage.Media, When = f => f.Joins == 0,
        },
        Pick("anonymous", s_anonymous.Say(), CaseQuestions.AnonymousAsync, (f, how) => f with { Anonymous = how != CaseQuestions.Named, Sealed = how == CaseQuestions.AsNobody }) with
        {
            When = f => f.Joins == 0 && f.Kind is not (CaseKind.Enquiry or CaseKind.Praise),
        },
        Optional("contact", s_contact.Say(), s_noContact.Say(), CaseAnswers.Contact) with { Personal = true, When = f => f.Joins == 0 && !f.Sealed },
        new("confirm", questions.ConfirmAsync, (f, how) => new(f with { Publish = how == CaseQuestions.AndPublish })),
    ];

    // With a kind, as 投诉 has, or a kind and words, as 投诉 路灯不亮 has.
    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct)
    {
        List<FlowAnswer> first = [new("citizen", request.Citizen.Value)];
        var (word, words) = request.Argument.Split(' ', 2) is [var w, var rest] ? (w, rest.Trim()) : (request.Argument, "");
        if (words.Length > 0)
            first.Add(new(HalfFilled.Opening, CaseMessage.AsWritten(request.Message, words)));
        if (CaseWords.ReadKind(word) is { } kind and not CaseKind.Disclosure)
            first.Add(new("kind", kind.Stored));
        return Task.FromResult<IEnumerable<FlowAnswer>>(first);
    }

    protected override async Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct)
    {
        await photos.NoteAsync(citizen, state.Run, answer.Value, ct);
        return await half.NoteAsync(citizen, state, answer, "story", s => s.Find(HalfFilled.Opening) is not null || s.Find("story") is not null, ct);
    }

    // A story that is told before it was asked for, and goes on while it is not.
    protected override Task<FlowState> TellAsync(OpenId citizen, FlowState state, FlowAnswer note, CancellationToken ct)
    {
        var story = state.Find(note.Step) is { } begun ? $"{begun}\n{note.Value}" : note.Value;
        return story.Length > CaseAnswers.LongestStory ? Task.FromResult(state) : NoteAsync(citizen, state.Noting(note with { Value = story }), note, ct);
    }

    public Task<FlowState?> KeptAsync(OpenId citizen, CancellationToken ct) => half.KeptAsync(citizen, Name, ct);

    protected override Task DropAsync(OpenId citizen, CancellationToken ct) => half.DropAsync(citizen, Name, ct);

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, CaseForm form, CancellationToken ct)
    {
        if (form.Joins > 0)
        {
            return await cases.JoinAsync(citizen, form.Joins, run, ct) is { } joined
                ? new Ending.Done(CaseReceipt.Joined(joined))
                : new Ending.BackTo("same", s_gone.Say());
        }

        var category = catalogue.Find(form.Category)!;
        var story = CaseAnswers.Whole(form);
        var file = await cases.FileAsync(
            new NewCase(
                run, form.Sealed ? null : citizen, form.Kind, form.Category, story, [.. category.Questions.Zip(form.Answers, (q, a) => new CaseAnswer(q.Prompt, a))],
                form.Place?.Latitude, form.Place?.Longitude, form.Place?.Address ?? "", form.Anonymous, form.Contact, form.Publish) { Sealed = form.Sealed }, ct);
        return new Ending.Done(form.Sealed ? CaseReceipt.Sealed(file, await cases.CodeAsync(run, ct)) : receipt.Filed(file, category));
    }

    // The category's own questions, as many as it has; a question that was dropped meanwhile is not asked.
    private Step<CaseForm> Extra(int place) => new($"extra{place + 1}", (f, ct) => questions.ExtraAsync(f, place, ct), (f, answer) => CaseAnswers.Extra(f, answer))
    {
        OwnWords = true, When = f => catalogue.Find(f.Category)?.Questions.Length > place,
    };
}
