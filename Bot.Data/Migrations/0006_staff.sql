-- Who works here, their sign-ins, and what they did.

-- 部门. Never deleted: cases and bookings keep naming it.
create table department (
    code   text primary key,
    name   text not null,
    parent text references department,
    phone  text not null default '',
    active boolean not null default true,

    constraint department_name_unique unique (name),
    constraint department_code_plain check (code ~ '^[a-z][a-z0-9-]{0,31}$'),
    constraint department_name_length check (char_length(name) between 1 and 60 and name = btrim(name)),
    constraint department_phone_length check (char_length(phone) <= 40),
    constraint department_not_its_own_parent check (parent <> code)
);

-- Never deleted either: the audit log names them.
create table staff (
    id                   bigint generated always as identity primary key,
    -- What they sign in with.
    name                 text not null,
    display_name         text not null,
    -- ASP.NET Core Identity's format, version 3.
    password_hash        text not null,
    -- The password was set by somebody else, and is changed at the next sign-in.
    password_temporary   boolean not null default false,
    roles                text[] not null,
    department           text references department,
    active               boolean not null default true,
    -- Demo staff need no second factor.
    demo                 boolean not null default false,
    -- Sealed; null: not enrolled.
    totp_secret          bytea,
    -- The time step of the last code that was accepted: no code serves twice.
    totp_last_step       bigint not null default 0,
    -- SHA-256; each serves once.
    recovery_codes       bytea[] not null default '{}',
    -- Since the last success.
    failed_sign_ins      integer not null default 0 check (failed_sign_ins >= 0),
    locked_until         timestamptz,
    created_at           timestamptz not null default now(),
    last_sign_in_at      timestamptz,
    -- Counts changes: who edits an older state is told.
    version              integer not null default 1,

    constraint staff_name_unique unique (name),
    constraint staff_name_plain check (name ~ '^[a-z][a-z0-9._-]{1,31}$'),
    constraint staff_display_name_length check (char_length(display_name) between 1 and 40 and display_name = btrim(display_name)),
    constraint staff_roles_known check (roles <@ array['administrator', 'agent', 'officer', 'notice_maker', 'notice_approver', 'editor', 'counter', 'auditor']),
    constraint staff_roles_some check (cardinality(roles) between 1 and 8),
    -- An officer or a counter without a department would see either nothing or everything.
    constraint staff_department_scope check (department is not null or not roles && array['officer', 'counter'])
);

create index staff_by_department on staff (department, id);

-- A signed-in browser. The cookie holds the key, the table its hash.
create table staff_session (
    id           bigint generated always as identity primary key,
    key_hash     bytea not null check (octet_length(key_hash) = 32),
    staff        bigint not null references staff,
    -- Which browser, for the list that people see of their own sessions.
    browser      text not null check (char_length(browser) <= 200),
    -- Whether the second factor was right, or none is asked for.
    verified     boolean not null,
    created_at   timestamptz not null,
    -- To the minute.
    last_seen_at timestamptz not null,
    ended_at     timestamptz,

    constraint staff_session_key_unique unique (key_hash)
);

create index staff_session_open on staff_session (staff, last_seen_at desc) where ended_at is null;

-- A form that is sent twice acts once: the key was made when the form was shown.
create table form_once (
    key        uuid primary key,
    staff      bigint not null,
    claimed_at timestamptz not null,
    -- Where the browser was sent and what it was told; null: still at work.
    location   text,
    toast      text
);

create index form_once_by_time on form_once (claimed_at);

-- What every host needs to read the cookies that another one wrote.
create table data_protection_key (
    name text primary key check (char_length(name) between 1 and 200),
    xml  text not null,
    made_at timestamptz not null default now()
);

-- 审计日志: one row an act, written in the act's own transaction. Whoever writes waits for nobody: the hash chain is made afterwards, by one job at a time.
create table audit_entry (
    id           bigint generated always as identity primary key,
    -- The database's clock: no host can backdate an act.
    at           timestamptz not null default clock_timestamp(),
    -- Sign-in name, or system:… or api:… for what no person did.
    actor        text not null check (char_length(actor) between 1 and 128),
    -- Such as case.accept.
    act          text not null check (act ~ '^[a-z][a-z_]*(\.[a-z][a-z_]*)+$' and char_length(act) <= 64),
    subject_kind text not null check (subject_kind ~ '^[a-z][a-z_]*$' and char_length(subject_kind) <= 32),
    subject      text not null check (char_length(subject) between 1 and 128),
    -- Never personal data: what changed, not whose number it was. json, not jsonb: hashed as written.
    details      json not null check (octet_length(details::text) <= 8000),

    -- Place in the chain, from 1 without gaps; null until sealed.
    seal          bigint,
    previous_hash bytea check (octet_length(previous_hash) = 32),
    hash          bytea check (octet_length(hash) = 32),

    constraint audit_entry_seal_unique unique (seal),
    constraint audit_entry_sealed_wholly check ((seal is null) = (hash is null) and (seal is null) = (previous_hash is null))
);

create index audit_entry_unsealed on audit_entry (id) where seal is null;
create index audit_entry_by_time on audit_entry (at desc, id desc);
create index audit_entry_by_actor on audit_entry (actor, at desc, id desc);
create index audit_entry_by_subject on audit_entry (subject, subject_kind, id desc);
create index audit_entry_by_act on audit_entry (act, at desc, id desc);

-- Only the seal may be added, once.
create function audit_entry_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.seal is null and new.seal is not null
        and (new.id, new.at, new.actor, new.act, new.subject_kind, new.subject, new.details::text)
          = (old.id, old.at, old.actor, old.act, old.subject_kind, old.subject, old.details::text) then
        return new;
    end if;
    raise exception 'the audit log is append-only';
end $$;

create trigger audit_entry_is_final before update or delete on audit_entry
    for each row execute function audit_entry_is_final();
create trigger audit_entry_stays before truncate on audit_entry
    for each statement execute function audit_entry_is_final();

-- Who edits an older state of a rule is told.
alter table keyword_reply add column version integer not null default 1;

-- 自定义菜单 as it is being worked on; WeChat has the one that was published.
create table menu_draft (
    id         boolean primary key default true check (id),
    -- Buttons as WeChat takes them.
    buttons    json not null check (octet_length(buttons::text) <= 16000),
    version    integer not null default 1,
    changed_by text not null check (char_length(changed_by) between 1 and 128),
    changed_at timestamptz not null,
    -- The version that WeChat has; null: never published from here.
    published  integer,
    published_by text check (char_length(published_by) between 1 and 128),
    published_at timestamptz
);

-- 粉丝标签, the office's own.
create table follower_tag (
    openid text not null check (char_length(openid) between 1 and 128),
    tag    text not null check (char_length(tag) between 1 and 20 and tag = btrim(tag)),
    added_at timestamptz not null default now(),

    primary key (tag, openid)
);

create index follower_tag_by_citizen on follower_tag (openid);
create index follower_heard on follower (last_message_at desc nulls last, openid);
create index follower_gone on follower (unsubscribed_at) where not subscribed;

-- 客服会话: opened by 人工; one open conversation a citizen.
create table conversation (
    id          bigint generated always as identity primary key,
    openid      text not null check (char_length(openid) between 1 and 128),
    opened_at   timestamptz not null,
    -- When the citizen last wrote.
    heard_at    timestamptz not null,
    closed_at   timestamptz,
    -- Null although closed: the citizen left, or began another after 48 hours.
    closed_by   text check (char_length(closed_by) between 1 and 128),
    -- Who answered last.
    answered_by text check (char_length(answered_by) between 1 and 128),
    -- The last word is the citizen's.
    waits       boolean not null
);

create unique index conversation_open on conversation (openid) where closed_at is null;
create index conversation_waiting on conversation (heard_at) where closed_at is null;
create index conversation_closed on conversation (closed_at desc) where closed_at is not null;

create table conversation_line (
    id           bigint generated always as identity primary key,
    conversation bigint not null references conversation on delete cascade,
    -- Sign-in name; null: the citizen.
    staff        text check (char_length(staff) between 1 and 128),
    words        text not null check (char_length(words) between 1 and 2000),
    -- Of the citizen's message: kept once however often it is delivered.
    key          text check (char_length(key) between 1 and 400),
    at           timestamptz not null,
    -- Null: not known yet. False: WeChat refused it, with its code.
    sent         boolean,
    error        integer,

    constraint conversation_line_once unique (conversation, key)
);

create index conversation_line_by_conversation on conversation_line (conversation, id);

-- 常用语.
create table canned_reply (
    id    bigint generated always as identity primary key,
    title text not null check (char_length(title) between 1 and 20),
    words text not null check (char_length(words) between 1 and 600),

    constraint canned_reply_title_unique unique (title)
);
