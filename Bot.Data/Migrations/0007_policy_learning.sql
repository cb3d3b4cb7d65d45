-- The office's work on its documents (copies, versions, attachments), and what is learnt from citizens' questions.

alter table policy
    -- Sanitised before it gets here; body then holds the same in plain words, for the search and the chat. Empty: body is all there is.
    add column body_html   text not null default '' check (length(body_html) <= 400000),
    -- What this one explains or puts into practice; shown from both ends. Not a foreign key, as with successors.
    add column explains    text not null default '' check (explains <> id),
    add column attachments bigint[] not null default '{}' check (cardinality(attachments) <= 20),
    -- Whose work it is: 编辑, 审核, 签发. Empty for what was imported.
    add column edited_by   text not null default '' check (length(edited_by) <= 128),
    add column reviewed_by text not null default '' check (length(reviewed_by) <= 128),
    add column issued_by   text not null default '' check (length(issued_by) <= 128),
    -- The newest of its versions; counted by the trigger below.
    add column version     integer not null default 1 check (version > 0);

create index policy_lapses on policy (lapses_on) where lapses_on is not null;

-- Every state that was ever public, as the row was. A withdrawn document keeps its versions, and goes on counting when it comes back.
create table policy_version (
    policy_id text not null,
    version   integer not null check (version > 0),
    content   jsonb not null,
    made_at   timestamptz not null default now(),
    primary key (policy_id, version)
);

insert into policy_version (policy_id, version, content, made_at) select id, 1, to_jsonb(policy), updated_at from policy;

-- Kept by the database, so that no way of publishing can forget it.
create function policy_counts_versions() returns trigger language plpgsql as $$
begin
    new.version := 1 + coalesce((select max(version) from policy_version where policy_id = new.id), 0);
    new.updated_at := now();
    return new;
end $$;

create function policy_keeps_versions() returns trigger language plpgsql as $$
begin
    insert into policy_version (policy_id, version, content) values (new.id, new.version, to_jsonb(new));
    return null;
end $$;

create trigger policy_counts_versions before insert or update on policy for each row execute function policy_counts_versions();
create trigger policy_keeps_versions after insert or update on policy for each row execute function policy_keeps_versions();

-- The copy that staff work on; the public sees nothing of it until it is issued.
create table policy_draft (
    policy_id    text primary key check (policy_id ~ '^[A-Za-z0-9_-]{1,32}$'),
    content      jsonb not null,
    state        text not null default 'editing' check (state in ('editing', 'submitted', 'reviewed', 'issued')),
    -- The version that was public when the work began; 0 for none.
    base_version integer not null default 0,
    edited_by    text not null check (length(edited_by) between 1 and 128),
    reviewed_by  text check (length(reviewed_by) between 1 and 128),
    issued_by    text check (length(issued_by) between 1 and 128),
    -- Why it was sent back.
    remark       text not null default '' check (length(remark) <= 500),
    -- When an issued one becomes public.
    publish_at   timestamptz,
    -- Counts changes: who saves over somebody else's work is told.
    revision     integer not null default 1,
    updated_at   timestamptz not null default now(),

    constraint policy_draft_four_eyes check (reviewed_by <> edited_by and issued_by <> edited_by),
    constraint policy_draft_reviewed check ((reviewed_by is not null) = (state in ('reviewed', 'issued'))),
    constraint policy_draft_issued check (num_nulls(issued_by, publish_at) = case state when 'issued' then 0 else 2 end)
);

-- Files are never edited: documents and their versions name them by number.
create table attachment (
    id       bigint generated always as identity primary key,
    name     text not null check (char_length(name) between 1 and 120),
    type     text not null check (char_length(type) between 3 and 100),
    content  bytea not null check (octet_length(content) between 1 and 20971520),
    sha256   bytea not null check (octet_length(sha256) = 32),
    added_by text not null check (length(added_by) <= 128),
    added_at timestamptz not null default now()
);

-- Most files are compressed already, and parts are read without the whole.
alter table attachment alter column content set storage external;

-- Every question, and what came of it. No citizen stands in it: the key was drawn at random.
create table policy_question (
    key       bigint primary key,
    asked_at  timestamptz not null,
    -- Long numbers are masked before it gets here.
    question  text not null check (char_length(question) between 1 and 100),
    normal    text not null check (char_length(normal) between 1 and 100),
    shown     text[] not null default '{}',
    outcome   text not null check (outcome in ('shown', 'missed', 'none', 'picked', 'helped', 'unhelpful')),
    confirmed text
);

create index policy_question_asked on policy_question (asked_at);

-- Questions that citizens confirmed a document to answer: its similar questions.
create table policy_memory (
    policy_id text not null,
    normal    text not null,
    question  text not null,
    picks     integer not null default 0 check (picks >= 0),
    helped    integer not null default 0 check (helped >= 0),
    refused   integer not null default 0 check (refused >= 0),
    -- Staff took it out.
    dropped   boolean not null default false,
    last_at   timestamptz not null,
    primary key (policy_id, normal)
);

-- Questions without an answer, grouped; the console shows the most frequent first.
create table policy_miss (
    normal     text primary key check (char_length(normal) between 1 and 100),
    question   text not null check (char_length(question) between 1 and 100),
    -- Nothing was found; nothing found would do.
    missed     integer not null default 0 check (missed >= 0),
    refused    integer not null default 0 check (refused >= 0),
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    state      text not null default 'open' check (state in ('open', 'answered', 'set-aside')),
    -- The document that answers it now.
    policy_id  text not null default '',
    settled_by text check (length(settled_by) between 1 and 128),
    settled_at timestamptz,

    constraint policy_miss_settled check (num_nulls(settled_by, settled_at) = case state when 'open' then 2 else 0 end),
    constraint policy_miss_answered check ((policy_id <> '') = (state = 'answered'))
);

create index policy_miss_open on policy_miss ((missed + refused) desc, last_at desc) where state = 'open';

-- Who asked to be told when there is an answer. Deleted once told, and after 90 days.
create table policy_waiting (
    normal text not null references policy_miss on delete cascade,
    openid text not null check (char_length(openid) between 1 and 128),
    since  timestamptz not null,
    primary key (normal, openid)
);

create index policy_waiting_openid on policy_waiting (openid);
create index policy_waiting_since on policy_waiting (since);

-- Beside the words that the program ships; no meaning takes a shipped one away.
create table policy_synonym (
    word       text primary key check (char_length(word) between 1 and 20 and word = btrim(word)),
    means      text[] not null check (cardinality(means) <= 8),
    updated_by text not null check (length(updated_by) between 1 and 128),
    updated_at timestamptz not null default now()
);

-- Beside the aliases that a document brings along; an import leaves these alone.
create table policy_alias (
    policy_id text not null,
    alias     text not null check (char_length(alias) between 1 and 60 and alias = btrim(alias)),
    added_by  text not null check (length(added_by) between 1 and 128),
    added_at  timestamptz not null default now(),
    primary key (policy_id, alias)
);

-- Citizens who agreed to be told of a category's news.
create table topic_subscription (
    topic  text not null check (char_length(topic) between 1 and 40),
    openid text not null check (char_length(openid) between 1 and 128),
    since  timestamptz not null default now(),
    primary key (topic, openid)
);

create index topic_subscription_openid on topic_subscription (openid);

-- 一件事: what happens in a life, the sentences that tell of it, and the matters that come with it.
create table life_event (
    id         text primary key check (id ~ '^[a-z0-9-]{1,32}$'),
    name       text not null check (char_length(name) between 1 and 30),
    phrases    text[] not null check (cardinality(phrases) between 1 and 40),
    -- Ids of documents, in the order in which they are dealt with.
    matters    text[] not null check (cardinality(matters) between 1 and 9),
    place      integer not null default 100,
    updated_by text not null default '' check (length(updated_by) <= 128),
    updated_at timestamptz not null default now()
);
