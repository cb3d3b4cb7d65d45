-- 投诉, 举报, 咨询, 建议, 求助, 表扬: what citizens file, and everything that happens to it until it is closed.

-- Settings as data: what can be filed, who answers it, and by when.
create table case_category (
    code           text primary key,
    kind           text not null,
    name           text not null,
    -- Null: the centre keeps it.
    department     text references department,
    -- Working days. Hours, where set, run round the clock and win: a burst pipe does not wait for Monday.
    accept_days    smallint not null default 1 check (accept_days between 0 and 60),
    answer_days    smallint not null default 13 check (answer_days between 1 and 365),
    answer_hours   smallint check (answer_hours between 1 and 240),
    -- Up to three: [{"prompt":"…","options":["…"]}], without options an answer in the citizen's own words.
    questions      json not null default '[]' check (json_typeof(questions) = 'array' and json_array_length(questions) <= 3),
    needs_approval boolean not null default false,
    -- Words in a story that suggest it.
    keywords       text[] not null default '{}',
    sort           smallint not null default 100,
    active         boolean not null default true,
    version        integer not null default 1,

    constraint case_category_code_plain check (code ~ '^[a-z][a-z0-9-]{0,31}$'),
    constraint case_category_kind_known check (kind in ('complaint', 'report', 'enquiry', 'suggestion', 'help', 'praise')),
    constraint case_category_name_length check (char_length(name) between 1 and 30),
    constraint case_category_name_unique unique (kind, name),
    constraint case_category_keywords_few check (cardinality(keywords) <= 60)
);

insert into case_category (code, kind, name, answer_days, sort) values
    ('complaint-other', 'complaint', '其他投诉', 13, 900),
    ('report-other', 'report', '其他举报', 13, 900),
    ('enquiry-other', 'enquiry', '其他咨询', 3, 900),
    ('suggestion-other', 'suggestion', '其他建议', 13, 900),
    ('help-other', 'help', '其他求助', 3, 900),
    ('praise-other', 'praise', '表扬', 13, 900);

create table case_file (
    id              bigint generated always as identity primary key,
    number          text not null,
    -- The form's run: the same confirmation, twice, on two hosts, files one case.
    run_id          uuid not null,
    kind            text not null,
    category        text not null references case_category,
    state           text not null default 'filed',
    -- As handlers read it: numbers of identity documents and bank cards are masked.
    story           text not null,
    -- As written, where that differs; sealed.
    story_sealed    bytea,
    -- The extra questions and their answers: [{"prompt":"…","answer":"…"}].
    answers         json not null default '[]',
    -- Degrees, and what the place is called; null and empty for none.
    latitude        double precision check (latitude between -90 and 90),
    longitude       double precision check (longitude between -180 and 180),
    address         text not null default '',
    -- The name and the contact are hidden from the handling department.
    anonymous       boolean not null default false,
    -- Sealed; where the citizen left none: null.
    contact         bytea,
    department      text references department,
    -- Never shown to this one, nor given to it: whom a report is about.
    about           text references department,
    assignee        text references staff (name),
    -- Officers who answered before a reopening; the next is another.
    answered_by     text[] not null default '{}',
    dispatches      smallint not null default 0 check (dispatches between 0 and 50),
    returns         smallint not null default 0 check (returns between 0 and 50),
    reopened        smallint not null default 0 check (reopened between 0 and 50),
    filed_at        timestamptz not null,
    accept_by       timestamptz not null,
    answer_by       timestamptz not null,
    accepted_at     timestamptz,
    answered_at     timestamptz,
    closed_at       timestamptz,
    -- The clock stands still since then: we wait for the citizen.
    paused_at       timestamptz,
    -- 0 none, 1 warned, 2 overdue: what the supervisor sees.
    escalation      smallint not null default 0 check (escalation between 0 and 2),
    -- What was asked for and waits for a second person.
    reply_pending   text,
    reply_by        text references staff (name),
    extension_days  smallint check (extension_days between 1 and 60),
    extension_why   text,
    extension_by    text references staff (name),
    extensions      smallint not null default 0,
    -- What the citizen was answered; the newest.
    reply           text,
    merged_into     bigint references case_file,
    rating          smallint check (rating between 1 and 5),
    rating_words    text check (char_length(rating_words) <= 500),
    rated_at        timestamptz,
    -- One of the two bad levels: somebody must call.
    call_back_due   boolean not null default false,
    -- 公开: no, wish (the citizen agreed), ready (redacted, waits for approval), public.
    publicity       text not null default 'no',
    public_title    text,
    public_story    text,
    public_reply    text,
    public_by       text references staff (name),
    published_at    timestamptz,
    -- Counts changes: who acts on an older state is told.
    version         integer not null default 1,

    constraint case_file_number_unique unique (number),
    constraint case_file_run_unique unique (run_id),
    constraint case_file_kind_known check (kind in ('complaint', 'report', 'enquiry', 'suggestion', 'help', 'praise')),
    constraint case_file_state_known check (state in
        ('filed', 'accepted', 'dispatched', 'handling', 'answered', 'rating', 'closed', 'refused', 'merged', 'withdrawn')),
    constraint case_file_story_length check (char_length(story) between 1 and 30000),
    constraint case_file_address_length check (char_length(address) <= 200),
    constraint case_file_place_whole check ((latitude is null) = (longitude is null)),
    constraint case_file_merged check ((state = 'merged') = (merged_into is not null) and merged_into <> id),
    constraint case_file_publicity_known check (publicity in ('no', 'wish', 'ready', 'public')),
    -- A report never becomes public.
    constraint case_file_report_stays_secret check (kind <> 'report' or publicity = 'no'),
    constraint case_file_never_to_whom_it_is_about check (about is null or about is distinct from department),
    constraint case_file_published_wholly check (publicity <> 'public' or num_nulls(public_title, public_story, published_at) = 0)
) with (fillfactor = 80);

-- The queue: what is open, the most urgent first; and the same for one department, one person.
create index case_file_open on case_file (answer_by, id) where state in ('filed', 'accepted', 'dispatched', 'handling');
create index case_file_open_by_department on case_file (department, answer_by, id) where state in ('filed', 'accepted', 'dispatched', 'handling');
create index case_file_by_state on case_file (state, answer_by, id);
create index case_file_by_department on case_file (department, state, answer_by, id);
create index case_file_by_assignee on case_file (assignee, state, answer_by, id) where assignee is not null;
create index case_file_newest on case_file (filed_at desc, id desc);
create index case_file_newest_by_department on case_file (department, filed_at desc, id desc);
create index case_file_by_category on case_file (category, filed_at desc, id desc);
create index case_file_escalated on case_file (answer_by, id) where escalation > 0 and state in ('filed', 'accepted', 'dispatched', 'handling');
create index case_file_call_back on case_file (answered_at, id) where call_back_due;
create index case_file_waits on case_file (answer_by, id) where reply_pending is not null or extension_days is not null;
create index case_file_public on case_file (published_at desc, id desc) where publicity = 'public';
create index case_file_to_publish on case_file (id) where publicity in ('wish', 'ready');

-- Whose case it is, and who joined it. Apart from the case, sealed: nobody who handles the case reads who filed it.
create table case_citizen (
    case_id     bigint not null references case_file,
    openid_hash bytea not null check (octet_length(openid_hash) = 32),
    openid      bytea not null,
    -- False: joined somebody else's.
    owner       boolean not null,
    run_id      uuid not null,
    joined_at   timestamptz not null,

    primary key (case_id, openid_hash),
    constraint case_citizen_run_unique unique (run_id)
);

create unique index case_citizen_one_owner on case_citizen (case_id) where owner;
create index case_citizen_cases on case_citizen (openid_hash, case_id desc);

-- What happened, in order; nothing is changed afterwards.
create table case_event (
    id         bigint generated always as identity primary key,
    case_id    bigint not null references case_file,
    at         timestamptz not null,
    -- A staff name, or citizen, or system.
    actor      text not null check (char_length(actor) between 1 and 64),
    act        text not null check (act ~ '^[a-z][a-z_]*$'),
    state      text not null,
    department text,
    words      text not null default '' check (char_length(words) <= 30000),
    -- Whether the citizen reads it, or it is an internal note.
    shown      boolean not null,
    -- An act of the citizen's: sent twice, done once.
    run_id     uuid,

    constraint case_event_run_unique unique (run_id)
);

create index case_event_of_case on case_event (case_id, id);

create function case_event_is_final() returns trigger language plpgsql as $$
begin
    -- Words may be erased, as the law asks; nothing else.
    if tg_op = 'UPDATE' and new.words = '' and (new.id, new.case_id, new.at, new.actor, new.act, new.state, new.shown)
        = (old.id, old.case_id, old.at, old.actor, old.act, old.state, old.shown) then
        return new;
    end if;
    raise exception 'the timeline of a case is append-only';
end $$;

create trigger case_event_is_final before update or delete on case_event
    for each row execute function case_event_is_final();

-- Photos and short videos, in the database so that every host has them. Until its case is filed a photo hangs on the form's run.
create table case_photo (
    id           bigint generated always as identity primary key,
    case_id      bigint references case_file,
    run_id       uuid not null,
    -- Whose it is: sealed while there may be something to tell, null once erased.
    openid_hash  bytea check (octet_length(openid_hash) = 32),
    openid       bytea,
    -- The platform's; it lapses after three days.
    media_id     text not null check (char_length(media_id) between 1 and 200),
    video        boolean not null,
    status       text not null default 'fetching',
    -- Why it could not be kept: too-large, not-a-picture, lapsed.
    reason       text check (char_length(reason) <= 40),
    content_type text check (char_length(content_type) <= 40),
    content      bytea,
    thumbnail    bytea,
    sent_at      timestamptz not null,

    constraint case_photo_once unique (run_id, media_id),
    constraint case_photo_status_known check (status in ('fetching', 'kept', 'failed')),
    constraint case_photo_kept_wholly check ((status = 'kept') = (content is not null and content_type is not null)),
    constraint case_photo_size check (octet_length(content) <= 10485760 and octet_length(thumbnail) <= 262144)
);

alter table case_photo alter content set storage external, alter thumbnail set storage external;
create index case_photo_of_case on case_photo (case_id, id) where case_id is not null;
create index case_photo_loose on case_photo (sent_at) where case_id is null;

-- Half-filled forms: what was typed outlives the session and Redis. Sealed, since it may hold a telephone number.
create table case_draft (
    openid_hash bytea primary key check (octet_length(openid_hash) = 32),
    run_id      uuid not null,
    form        bytea not null check (octet_length(form) <= 400000),
    kept_at     timestamptz not null
);

create index case_draft_old on case_draft (kept_at);

-- 回访: who called after a bad rating, and what came of it.
create table case_call (
    id        bigint generated always as identity primary key,
    case_id   bigint not null references case_file,
    called_at timestamptz not null,
    caller    text not null references staff (name),
    reached   boolean not null,
    words     text not null check (char_length(words) between 1 and 1000)
);

create index case_call_of_case on case_call (case_id, id);

-- What staff write again and again.
create table case_phrase (
    id    bigint generated always as identity primary key,
    act   text not null check (act in ('accept', 'refuse', 'dispatch', 'return', 'reply', 'ask', 'extend', 'merge', 'call')),
    name  text not null check (char_length(name) between 1 and 30),
    words text not null check (char_length(words) between 1 and 1000),

    constraint case_phrase_name_unique unique (act, name)
);

-- Old drafts are forgotten once a day.
insert into job (kind, key, due_at) values ('case.forget', 'nightly', now());
