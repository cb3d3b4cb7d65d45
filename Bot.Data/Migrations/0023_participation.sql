-- 民意征集: draft policies that the public is asked about, what citizens said of them, and what became of it.

create table consultation (
    id               bigint generated always as identity primary key,
    -- As it is being written: {"title":"…","department":"…","background":"…","opensAt":"…","closesAt":"…","whyShort":"…","parts":[{"key":"s1","title":"…","text":"…"}]}.
    draft            json not null check (json_typeof(draft) = 'object'),
    -- Waits for a second person to publish it; every change takes that back.
    submitted_by     text check (char_length(submitted_by) between 1 and 128),
    -- The newest that was published; 0 for none.
    version          integer not null default 0 check (version >= 0),
    -- Broken off before its time, and why, as everybody reads it.
    stopped_at       timestamptz,
    stopped_why      text not null default '' check (char_length(stopped_why) <= 300),
    -- 意见采纳情况: the words above the points.
    report           text not null default '' check (char_length(report) <= 3000),
    report_public_at timestamptz,
    made_by          text not null check (char_length(made_by) between 1 and 128),
    made_at          timestamptz not null default now(),
    revision         integer not null default 1,

    constraint consultation_stopped_with_a_reason check ((stopped_at is null) = (stopped_why = '')),
    constraint consultation_stopped_was_published check (stopped_at is null or version > 0),
    constraint consultation_report_of_something check (report_public_at is null or version > 0)
);

create table consultation_version (
    consultation bigint not null references consultation,
    version      integer not null check (version > 0),
    paper        json not null check (json_typeof(paper) = 'object' and json_array_length(paper -> 'parts') between 1 and 30),
    opens_at     timestamptz not null,
    closes_at    timestamptz not null,
    submitted_by text not null check (char_length(submitted_by) between 1 and 128),
    published_by text not null check (char_length(published_by) between 1 and 128),
    published_at timestamptz not null,

    primary key (consultation, version),
    constraint consultation_dates check (closes_at > opens_at),
    constraint consultation_four_eyes check (published_by <> submitted_by)
);

create index consultation_version_by_end on consultation_version (closes_at desc, consultation desc);

-- What was put before the public stays as it was, and nobody's time to speak is cut short.
create function consultation_version_is_final() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'a version of a consultation is final';
    end if;
    if exists (select from consultation_version v where v.consultation = new.consultation and v.closes_at > new.closes_at) then
        raise exception using errcode = 'check_violation', constraint = 'consultation_not_shortened', message = 'a consultation is not shortened';
    end if;
    return new;
end $$;

create trigger consultation_version_is_final before insert or update or delete on consultation_version
    for each row execute function consultation_version_is_final();

-- 要点: similar comments together, and what the office made of them.
create table consultation_point (
    id           bigint generated always as identity primary key,
    consultation bigint not null references consultation,
    -- Key of a part; empty for the whole.
    part         text not null check (char_length(part) <= 12),
    title        text not null check (char_length(title) between 1 and 100),
    verdict      text check (verdict in ('adopted', 'partly', 'declined')),
    answer       text not null default '' check (char_length(answer) <= 1000),
    answered_by  text check (char_length(answered_by) between 1 and 128),

    constraint consultation_point_answered_wholly check ((verdict is null) = (answer = '') and (verdict is null) = (answered_by is null)),
    constraint consultation_point_whole unique (id, consultation, part)
);

create index consultation_point_of on consultation_point (consultation, part, id);

create table consultation_comment (
    id           bigint generated always as identity primary key,
    consultation bigint not null,
    -- The one that was read.
    version      integer not null,
    part         text not null check (char_length(part) <= 12),
    -- The form's run: sent twice, kept once.
    run_id       uuid not null,
    words        text not null check (char_length(words) between 1 and 2000),
    way          text not null check (way in ('chat', 'link', 'page')),
    -- Whose it is, to tell what became of it: sealed; null for the page's, and once erased.
    openid_hash  bytea check (octet_length(openid_hash) = 32),
    openid       bytea,
    made_at      timestamptz not null,
    -- Listed words in it, when it came.
    flagged      text[] not null default '{}' check (cardinality(flagged) <= 20),
    state        text not null default 'waiting' check (state in ('waiting', 'shown', 'hidden')),
    -- As everybody reads it.
    shown_words  text check (char_length(shown_words) between 1 and 2000),
    -- Why it is not shown.
    reason       text check (char_length(reason) between 1 and 200),
    judged_by    text check (char_length(judged_by) between 1 and 128),
    point        bigint,

    foreign key (consultation, version) references consultation_version,
    foreign key (point, consultation, part) references consultation_point (id, consultation, part),
    constraint consultation_comment_once unique (run_id),
    constraint consultation_comment_known_wholly check ((openid is null) = (openid_hash is null)),
    constraint consultation_comment_page_is_nobodys check (way <> 'page' or openid is null),
    constraint consultation_comment_judged check (case state
        when 'waiting' then num_nonnulls(shown_words, reason, judged_by) = 0
        when 'shown' then num_nulls(shown_words, judged_by) = 0 and reason is null
        else num_nulls(reason, judged_by) = 0 and shown_words is null and point is null end)
);

create index consultation_comment_of on consultation_comment (consultation, state, id desc);
create index consultation_comment_ungrouped on consultation_comment (consultation, part, id) where point is null;
create index consultation_comment_of_point on consultation_comment (point) where point is not null;
create index consultation_comment_of_citizen on consultation_comment (openid_hash, consultation) where openid_hash is not null;

-- 建议采纳: what came of a suggestion; everybody reads it once the citizen agreed and a second person published it.
alter table case_file
    add column adopted text check (char_length(adopted) between 1 and 3000),
    add column adopted_at timestamptz,
    add constraint case_file_only_suggestions_are_adopted check (adopted is null or kind = 'suggestion'),
    add constraint case_file_adopted_wholly check ((adopted is null) = (adopted_at is null));

create index case_file_adopted on case_file (published_at desc, id desc) where publicity = 'public' and adopted is not null;
