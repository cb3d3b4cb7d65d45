-- 信息发布: columns, articles with every version, their pictures and files, and their way to WeChat.

create table article_column (
    code            text primary key check (code ~ '^[a-z][a-z0-9-]{0,31}$'),
    name            text not null unique check (char_length(name) between 1 and 20 and name = btrim(name)),
    about           text not null default '' check (char_length(about) <= 200),
    place           smallint not null default 100,
    -- Closed columns take nothing new; what stands in them stays.
    active          boolean not null default true,
    -- Days. Longer without anything new is shown to the editors.
    longest_silence smallint not null check (longest_silence between 1 and 730),
    -- Working days from the day on which something came about to its publication.
    publish_within  smallint not null check (publish_within between 1 and 250),
    -- Counts changes: who saves over somebody else's work is told.
    revision        integer not null default 1
);

insert into article_column (code, name, about, place, longest_silence, publish_within) values
    ('disclosure', '政务公开', '财政预决算、重大项目、公共服务等主动公开的信息', 10, 90, 20),
    ('announcements', '通知公告', '面向市民和企业的通知、公告、公示', 20, 30, 5),
    ('explained', '政策解读', '新出台政策的要点、适用对象和办理方式', 30, 90, 3),
    ('news', '新闻', '本市政务服务动态', 40, 14, 3),
    ('tips', '服务提示', '停水停电、窗口调整、办事高峰等提醒', 50, 30, 2);

-- Pictures and attachments. Never edited: the name is the content.
create table article_file (
    -- The first half of the content's SHA-256: the same file twice is one.
    id              text primary key check (id ~ '^[0-9a-f]{32}$'),
    name            text not null check (char_length(name) between 1 and 120),
    type            text not null check (char_length(type) between 3 and 100),
    content         bytea not null check (octet_length(content) between 1 and 10485760),
    -- Of a picture, in pixels; null for other files.
    width           integer check (width between 1 and 20000),
    height          integer check (height between 1 and 20000),
    -- What the platform calls a picture inside an article, and one used as a cover: uploaded once each.
    wechat_url      text check (char_length(wechat_url) between 1 and 1024),
    wechat_media_id text check (char_length(wechat_media_id) between 1 and 200),
    added_by        text not null check (char_length(added_by) between 1 and 128),
    added_at        timestamptz not null default now(),

    constraint article_file_measured check (num_nulls(width, height) in (0, 2))
);

-- Pictures are compressed already.
alter table article_file alter column content set storage external;

create table article (
    id                bigint generated always as identity primary key,
    -- Of the newest version.
    state             text not null default 'draft' check (state in ('draft', 'review', 'signing', 'scheduled', 'published', 'withdrawn')),
    version           integer not null default 1 check (version > 0),
    -- When a signed version becomes public.
    publish_at        timestamptz,
    -- What the public reads, whatever the newest version is at. Stays after a withdrawal.
    published_version integer,
    first_at          timestamptz,
    published_at      timestamptz,
    withdrawn_at      timestamptz,
    withdrawn_by      text check (char_length(withdrawn_by) between 1 and 128),
    -- Public, too.
    withdrawn_reason  text check (char_length(withdrawn_reason) between 2 and 200),
    -- Counts changes that the public sees, so that every host knows what to read anew.
    stamp             integer not null default 0,
    created_at        timestamptz not null,

    constraint article_scheduled check ((publish_at is not null) = (state = 'scheduled')),
    constraint article_published check (num_nulls(published_version, first_at, published_at) in (0, 3)),
    constraint article_is_public check (state <> 'published' or published_version = version and withdrawn_at is null),
    constraint article_withdrawn check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3)),
    constraint article_withdrawn_was_public check (withdrawn_at is null or published_version is not null)
);

create index article_public on article (published_at desc, id desc) where published_version is not null and withdrawn_at is null;
create index article_by_state on article (state, id desc);

-- The content as it was saved; never edited. Whose work it is stands with it: 编辑, 审核, 签发.
create table article_version (
    article     bigint not null references article,
    version     integer not null check (version > 0),
    column_code text not null references article_column,
    title       text not null check (char_length(title) between 1 and 64),
    digest      text not null default '' check (char_length(digest) <= 120),
    -- Sanitised before it gets here; words says the same without markup.
    body        text not null default '' check (char_length(body) <= 200000),
    words       text not null default '' check (char_length(words) <= 200000),
    -- 来源 and 作者.
    source      text not null default '' check (char_length(source) <= 60),
    author      text not null default '' check (char_length(author) <= 16),
    cover       text references article_file,
    attachments text[] not null default '{}' check (cardinality(attachments) <= 10),
    -- Ids of policies that it belongs to. Not foreign keys, as policies come and go by import.
    policies    text[] not null default '{}' check (cardinality(policies) <= 10),
    -- 形成日期, from which the time until publication counts.
    made_on     date,
    -- The first day on which it no longer holds; null for no end.
    lapses_on   date,
    -- 更正说明: what this version corrects in the public one before it.
    correction  text not null default '' check (char_length(correction) <= 200),
    editor      text not null check (char_length(editor) between 1 and 128),
    reviewer    text check (char_length(reviewer) between 1 and 128),
    signer      text check (char_length(signer) between 1 and 128),
    saved_at    timestamptz not null,

    primary key (article, version),
    constraint article_three_persons check (reviewer <> editor and signer <> editor and signer <> reviewer),
    constraint article_reviewed_before_signed check (signer is null or reviewer is not null)
);

alter table article add constraint article_public_version foreign key (id, published_version) references article_version deferrable initially deferred;

create index article_version_policies on article_version using gin (policies);

-- What happened to it, in order.
create table article_step (
    id      bigint generated always as identity primary key,
    article bigint not null references article,
    version integer not null,
    act     text not null check (act in ('submit', 'recall', 'approve', 'sign', 'return', 'publish', 'withdraw')),
    staff   text not null check (char_length(staff) between 1 and 128),
    words   text not null default '' check (char_length(words) <= 200),
    at      timestamptz not null
);

create index article_step_by_article on article_step (article, id);

-- One way of a version to WeChat: into the reader's preview, published, or sent to followers.
create table article_push (
    id               bigint generated always as identity primary key,
    article          bigint not null,
    version          integer not null,
    kind             text not null check (kind in ('preview', 'publish', 'mass')),
    -- Of followers; null for all of them.
    tag              integer,
    tag_name         text not null default '' check (char_length(tag_name) <= 30),
    -- Stands in the address behind 阅读原文: by it we find our own article on the platform when we do not know how a call ended.
    marker           text not null unique check (marker ~ '^[0-9a-f]{16}$'),
    -- A preview goes to whoever sends this code to the account in time.
    code             text check (code ~ '^[0-9]{6}$'),
    reader           text check (char_length(reader) between 1 and 128),
    -- asked: the preview's reader is not known yet. drafting and sending are written before the call, drafted, sent and done after its answer.
    state            text not null default 'waiting' check (state in ('asked', 'waiting', 'drafting', 'drafted', 'sending', 'sent', 'done', 'failed', 'doubtful')),
    draft            text check (char_length(draft) between 1 and 200),
    tried_at         timestamptz,
    publish_id       text check (char_length(publish_id) between 1 and 64),
    wechat_article   text check (char_length(wechat_article) between 1 and 200),
    url              text check (char_length(url) between 1 and 1024),
    msg_id           bigint,
    total            integer,
    filtered         integer,
    sent             integer,
    errors           integer,
    error_code       integer,
    -- In a clerk's words.
    error            text check (char_length(error) <= 300),
    made_by          text not null check (char_length(made_by) between 1 and 128),
    made_at          timestamptz not null,
    ended_at         timestamptz,
    -- Taken off the platform after a withdrawal.
    removed_at       timestamptz,

    foreign key (article, version) references article_version,
    constraint article_push_preview check ((code is not null) = (kind = 'preview')),
    constraint article_push_ended check ((ended_at is not null) = (state in ('done', 'failed')))
);

-- One publication, and one message to the same followers, of a version: whoever clicks twice, and wherever a host died.
create unique index article_push_once on article_push (article, version, kind, coalesce(tag, -1)) where kind <> 'preview' and state <> 'failed';
create unique index article_push_code on article_push (code) where state = 'asked';
create index article_push_by_publish_id on article_push (publish_id) where publish_id is not null;
create index article_push_by_msg_id on article_push (msg_id) where msg_id is not null;

-- Job events that came before we knew whose they are, or never found out.
create table article_push_event (
    -- publish or mass, and the platform's id.
    kind       text not null check (kind in ('publish', 'mass')),
    job        text not null check (char_length(job) between 1 and 64),
    heard      jsonb not null,
    heard_at   timestamptz not null default now(),
    primary key (kind, job)
);

-- What the nightly look found wrong in public articles; written anew each time.
create table article_finding (
    article  bigint not null references article,
    place    smallint not null,
    words    text not null check (char_length(words) between 1 and 300),
    found_at timestamptz not null,
    primary key (article, place)
);
