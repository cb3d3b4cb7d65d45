-- 问卷与投票: what is asked, in versions; who has answered; and, apart from it, what was answered.

create table survey (
    id                bigint generated always as identity primary key,
    title             text not null check (char_length(title) between 1 and 60),
    intro             text not null default '' check (char_length(intro) <= 300),
    -- Typed in the chat to begin; null for none.
    keyword           text check (char_length(keyword) between 2 and 20 and keyword = btrim(keyword)),
    anonymous         boolean not null,
    -- Whether an answer may be changed until the survey closes.
    editable          boolean not null,
    -- A kind of notice group and which one of it.
    audience_kind     text not null check (audience_kind in ('all', 'tag', 'topic', 'visited')),
    audience          text not null default '' check (char_length(audience) <= 200),
    audience_words    text not null default '' check (char_length(audience_words) <= 200),
    opens_at          timestamptz not null,
    closes_at         timestamptz not null,
    -- At most so many answers; null for any number.
    quota             integer check (quota > 0),
    taken             integer not null default 0 check (taken >= 0),
    -- The questions as they are being written.
    draft             json not null default '[]' check (json_typeof(draft) = 'array'),
    -- The newest that was published; 0 for none.
    version           integer not null default 0 check (version >= 0),
    -- For good: what led from a citizen to having answered is gone by then.
    ended_at          timestamptz,
    results_public_at timestamptz,
    made_by           text not null check (char_length(made_by) between 1 and 128),
    made_at           timestamptz not null default now(),
    revision          integer not null default 1,

    constraint survey_dates check (closes_at > opens_at),
    constraint survey_quota_kept check (taken <= quota),
    constraint survey_anonymous_is_not_editable check (not (anonymous and editable)),
    constraint survey_audience_whole check ((audience_kind = 'all') = (audience = '')),
    constraint survey_ended_was_published check (ended_at is null or version > 0),
    constraint survey_results_of_something check (results_public_at is null or version > 0)
);

create unique index survey_keyword_unique on survey (keyword) where ended_at is null;

-- What citizens were promised when they answered holds.
create function survey_promise_is_final() returns trigger language plpgsql as $$
begin
    if old.version > 0 and (new.anonymous <> old.anonymous or new.version < old.version) then
        raise exception 'whether a published survey is anonymous is final';
    end if;
    if old.ended_at is not null and (new.ended_at is distinct from old.ended_at or new.version <> old.version) then
        raise exception 'an ended survey does not begin again';
    end if;
    return new;
end $$;

create trigger survey_promise_is_final before update on survey for each row execute function survey_promise_is_final();

create table survey_version (
    survey       bigint not null references survey,
    version      integer not null check (version > 0),
    anonymous    boolean not null,
    -- [{"key":"q1","kind":"single","text":"…","need":true,"options":["…"],"when":{…}}], in order; answers go by the place in this list.
    questions    json not null check (json_typeof(questions) = 'array' and json_array_length(questions) between 1 and 30),
    published_at timestamptz not null,
    published_by text not null check (char_length(published_by) between 1 and 128),

    primary key (survey, version),
    constraint survey_version_secrecy unique (survey, version, anonymous)
);

create function survey_version_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a survey is final';
end $$;

create trigger survey_version_is_final before update or delete on survey_version for each row execute function survey_version_is_final();

-- Who has answered an anonymous survey: a keyed one-way token of the citizen and this survey, so that everybody counts once. Nothing leads from
-- here to an answer: no key, no time, and, once counted, no order and no transaction of their own either. Gone when the survey ends.
create table survey_participation (
    survey  bigint not null references survey,
    token   bytea not null check (octet_length(token) = 32),
    -- The form's run: a repeated delivery is told what the first was.
    run_id  uuid not null,
    counted boolean not null default false,

    primary key (survey, token)
);

create index survey_participation_fresh on survey_participation (survey) where not counted;

-- The ballot box: anonymous answers, sealed, until there are enough of them to be taken out in any order.
create table survey_ballot (
    id      uuid primary key,
    survey  bigint not null,
    version integer not null,
    sealed  bytea not null check (octet_length(sealed) <= 65536),

    foreign key (survey, version) references survey_version
);

create index survey_ballot_of_survey on survey_ballot (survey);

create table survey_answer (
    -- Random: tells nothing about the order.
    id          uuid primary key default gen_random_uuid(),
    survey      bigint not null,
    version     integer not null,
    anonymous   boolean not null,
    -- The keyed one-way token of whoever may still change it.
    token       bytea check (octet_length(token) = 32),
    run_id      uuid,
    answered_at timestamptz,
    -- By the question's place: a bit for each option chosen; a number; words. 0 and null where nothing was answered.
    picks       bigint[] not null,
    numbers     numeric[] not null,
    texts       text[] not null,

    foreign key (survey, version, anonymous) references survey_version (survey, version, anonymous),
    constraint survey_answer_anonymous check (case when anonymous then num_nonnulls(token, run_id, answered_at) = 0 else num_nulls(token, run_id, answered_at) = 0 end),
    constraint survey_answer_whole check (cardinality(picks) between 1 and 30 and cardinality(numbers) = cardinality(picks) and cardinality(texts) = cardinality(picks)),
    -- One answer a citizen.
    constraint survey_answer_once unique (survey, token)
);

create index survey_answer_of_version on survey_answer (survey, version);

-- How often each option was chosen (from 0), and at option -1 how many answered the question (the whole survey at question 0) and the sum of their
-- numbers. In shards, so that many who answer at once do not wait for each other.
create table survey_tally (
    survey   bigint not null,
    version  integer not null,
    question smallint not null,
    option   smallint not null,
    shard    smallint not null,
    answers  bigint not null,
    total    numeric not null default 0,

    primary key (survey, version, question, option, shard)
) with (fillfactor = 50);

-- Kept by the database, so that no statement can forget it.
create function survey_tally_moves() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into survey_tally as t (survey, version, question, option, shard, answers, total)
        select survey, version, question, option, pg_backend_pid() % 16, -count(*), -coalesce(sum(number), 0)
        from (
            select survey, version, 0 as question, -1 as option, null::numeric as number from removed
            union all
            select survey, version, q, -1, numbers[q] from removed, generate_subscripts(picks, 1) q
            where picks[q] <> 0 or numbers[q] is not null or texts[q] is not null
            union all
            select survey, version, q, o, null from removed, generate_subscripts(picks, 1) q, generate_series(0, 19) o where picks[q] >> o & 1 = 1
        ) m group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (survey, version, question, option, shard) do update set answers = t.answers + excluded.answers, total = t.total + excluded.total;
    end if;
    if tg_op <> 'DELETE' then
        insert into survey_tally as t (survey, version, question, option, shard, answers, total)
        select survey, version, question, option, pg_backend_pid() % 16, count(*), coalesce(sum(number), 0)
        from (
            select survey, version, 0 as question, -1 as option, null::numeric as number from added
            union all
            select survey, version, q, -1, numbers[q] from added, generate_subscripts(picks, 1) q
            where picks[q] <> 0 or numbers[q] is not null or texts[q] is not null
            union all
            select survey, version, q, o, null from added, generate_subscripts(picks, 1) q, generate_series(0, 19) o where picks[q] >> o & 1 = 1
        ) m group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (survey, version, question, option, shard) do update set answers = t.answers + excluded.answers, total = t.total + excluded.total;
    end if;
    return null;
end $$;

create trigger survey_tally_added after insert on survey_answer referencing new table as added
    for each statement execute function survey_tally_moves();
create trigger survey_tally_changed after update on survey_answer referencing old table as removed new table as added
    for each statement execute function survey_tally_moves();
create trigger survey_tally_removed after delete on survey_answer referencing old table as removed
    for each statement execute function survey_tally_moves();
