using Bot.Data.Cases;
using Bot.Handlers.Appointments;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>依申请公开: who asks for which information, and how it is to be supplied.</summary>
/// <remarks>What must be asked: 政府信息公开条例, article 29.</remarks>
public sealed class DisclosureFiling(ICases cases, HalfFilled half, CaseCatalogue catalogue, CaseReceipt receipt, PersonalAnswers personal, TimeProvider clock)
    : Flow<DisclosureForm>(personal), IKeptFlow
{
    private const string Person = "person";
    private const string What = "what";
    private const string Who = "申请人";
    private const string How = "获取方式";
    private const int LongestName = 60;
    private const int LongestAddress = 120;
    private const int ShortestAddress = 5;

    private static readonly Text s_title = Text.Of("open.title");
    private static readonly Text s_away = Text.Of("open.away");
    private static readonly Text s_draft = Text.Of("open.draft");
    private static readonly Text s_draftOf = Text.Of("open.draft-of");
    private static readonly Text s_applicant = Text.Of("open.applicant");
    private static readonly Text s_applicantBegun = Text.Of("open.applicant-begun");
    private static readonly Text s_privacy = Text.Of("open.privacy");
    private static readonly Text s_name = Text.Of("open.name");
    private static readonly Text s_organisation = Text.Of("open.organisation");
    private static readonly Text s_nameWrong = Text.Of("open.name-wrong");
    private static readonly Text s_id = Text.Of("open.id");
    private static readonly Text s_idWrong = Text.Of("open.id-wrong");
    private static readonly Text s_credit = Text.Of("open.credit");
    private static readonly Text s_creditWrong = Text.Of("open.credit-wrong");
    private static readonly Text s_phone = Text.Of("open.phone");
    private static readonly Text s_phoneWrong = Text.Of("open.phone-wrong");
    private static readonly Text s_what = Text.Of("open.what");
    private static readonly Text s_whatBegun = Text.Of("open.what-begun");
    private static readonly Text s_whatNoted = Text.Of("open.what-noted");
    private static readonly Text s_whatEmpty = Text.Of("open.what-empty");
    private static readonly Text s_words = Text.Of("open.words-only");
    private static readonly Text s_supply = Text.Of("open.supply");
    private static readonly Text s_address = Text.Of("open.address");
    private static readonly Text s_mail = Text.Of("open.mail");
    private static readonly Text s_addressWrong = Text.Of("open.address-wrong");
    private static readonly Text s_summary = Text.Of("open.summary");

    public override string Name => "information-request";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override Text PrivacyNotice => s_privacy;

    protected override IReadOnlyList<Step<DisclosureForm>> Steps =>
    [
        Note(HalfFilled.Opening, (f, words) => f with { What = CaseMessage.Clean(words) }),
        new(HalfFilled.Draft, (f, ct) => half.OfferAsync(f.Citizen, Name, What, Offer, ct), (f, _) => new(f)),
        Pick("applicant", f => f.What.Length == 0 ? s_applicant.Say() : s_applicantBegun.Say(CaseQuestions.Excerpt(f.What, 60)), (_, _) => Of(Disclosure.Applicants.Select(a => new Option<string>(a.Code, a.Name))), (f, code) => f with { Applicant = code }),
        Ask("name", f => (f.Applicant == Person ? s_name : s_organisation).Say(), Named) with { Personal = true },
        Ask("id", f => (f.Applicant == Person ? s_id : s_credit).Say(), Identified) with { Personal = true },
        Ask("phone", s_phone.Say(), (f, said) => PhoneNumber.Read(said) is { } phone ? new(f with { Phone = phone }) : new(f, s_phoneWrong.Say())) with { Personal = true },
        Gather(What, s_what.Say(), Described, f => s_whatNoted.Say(f.What.Length), f => string.IsNullOrWhiteSpace(f.What) ? s_whatEmpty.Say() : null) with { Ask = WhatAsync, Hears = CaseMessage.Media },
        Pick("supply", s_supply.Say(), (_, _) => Of(Supply.All.Select(s => new Option<string>(s.Code, s.Name))), (f, code) => f with { Supply = Supply.Find(code) }),
        Ask("address", f => (f.Supply.Reach is Supply.Way.Mail ? s_mail : s_address).Say(), Reached) with { Personal = true, When = f => f.Supply.Reach is not Supply.Way.None },
        Confirm(f => s_summary.Say(
            CaseReceipt.Applicant(f.Applicant), PersonName.Mask(f.Name), PhoneNumber.Mask(f.Phone), CaseQuestions.Excerpt(f.What, 150), f.Supply.Name, f.Address.Length == 0 ? "" : $"（{f.Address}）")),
    ];

    protected override DisclosureForm NewDraft(OpenId citizen, Guid run) => new() { Citizen = citizen };

    // With words, as 申请公开 2025年预算 has.
    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) => Task.FromResult<IEnumerable<FlowAnswer>>(
        request.Argument.Length == 0 ? [] : [new(HalfFilled.Opening, CaseMessage.AsWritten(request.Message, request.Argument))]);

    protected override Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct) =>
        half.NoteAsync(citizen, state, answer, What, s => s.Answers.Any(a => a.Step is not HalfFilled.Draft), ct);

    public Task<FlowState?> KeptAsync(OpenId citizen, CancellationToken ct) => half.KeptAsync(citizen, Name, ct);

    protected override Task DropAsync(OpenId citizen, CancellationToken ct) => half.DropAsync(citizen, Name, ct);

    // Staff closed the category: this office takes no requests here.
    protected override Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct) =>
        Task.FromResult(Category is null ? Answer.Say(s_away.Say()) : null);

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, DisclosureForm form, CancellationToken ct)
    {
        if (Category is not { } category)
            return new Ending.Done(Answer.Say(s_away.Say()));
        var contact = string.Join('；', new[] { form.Name, form.Id, form.Phone, form.Address }.Where(part => part.Length > 0));
        var filed = await cases.FileAsync(
            new NewCase(
                run, citizen, CaseKind.Disclosure, category.Code, form.What.Trim(),
                [new(Who, CaseReceipt.Applicant(form.Applicant)), new(How, form.Supply.Name)], null, null, "", Anonymous: false, contact, Publish: false)
            {
                Applicant = form.Applicant,
            }, ct);
        return new Ending.Done(receipt.Requested(filed, category));
    }

    private CaseCategory? Category => catalogue.Of(CaseKind.Disclosure).FirstOrDefault();

    private static Task<IReadOnlyList<Option<string>>> Of(IEnumerable<Option<string>> options) => Task.FromResult<IReadOnlyList<Option<string>>>([.. options]);

    private static string Offer(string at, string begun) => begun.Length == 0 ? s_draft.Say(at) : s_draftOf.Say(at, begun);

    private static Task<Question> WhatAsync(DisclosureForm form, CancellationToken ct) =>
        Task.FromResult(new Question(form.What.Length == 0 ? s_what.Say() : s_whatBegun.Say(CaseQuestions.Excerpt(form.What, 60)), null));

    private static Taken<DisclosureForm> Named(DisclosureForm form, string said)
    {
        var name = form.Applicant == Person ? PersonName.Read(said) : CaseMessage.Clean(said).Trim() is { Length: >= 2 and <= LongestName } organisation ? organisation : null;
        return name is null ? new(form, s_nameWrong.Say()) : new(form with { Name = name });
    }

    private Taken<DisclosureForm> Identified(DisclosureForm form, string said)
    {
        var id = form.Applicant == Person ? IdNumber.Read(said, Beijing.DateOf(clock.GetUtcNow())) : CreditCode.Read(said);
        return id is null ? new(form, (form.Applicant == Person ? s_idWrong : s_creditWrong).Say()) : new(form with { Id = id });
    }

    private static Taken<DisclosureForm> Described(DisclosureForm form, string said)
    {
        if (CaseMessage.IsUnusable(said) || CaseMessage.IsMedia(said, out _, out _))
            return new(form, s_words.Say());
        var what = $"{form.What}{(form.What.Length == 0 ? "" : "\n")}{CaseMessage.Clean(said)}";
        return what.Length > CaseRules.LongestWords ? new(form, CaseAnswers.Full.Say()) : new(form with { What = what });
    }

    private static Taken<DisclosureForm> Reached(DisclosureForm form, string said)
    {
        var address = CaseMessage.Clean(said).Trim();
        var fits = address.Length is >= ShortestAddress and <= LongestAddress
            && (form.Supply.Reach is not Supply.Way.Mail || System.Net.Mail.MailAddress.TryCreate(address, out _));
        return fits ? new(form with { Address = address }) : new(form, s_addressWrong.Say());
    }
}
