-- Notices: whom they were meant for, who may use a template, what a citizen opted out of, consent for subscription notices, and calls to other systems.

-- Whose notice it is; null for those of other systems and of the bot.
alter table notice add column department text references department;
-- In words, such as 标签：老年人; empty for a list of the caller's own.
alter table notice add column audience text not null default '' check (char_length(audience) <= 200);

-- False: only what the office sends to many. True: reminders and progress of their own business as well.
alter table notice_opt_out add column everything boolean not null default false;

-- Departments that may send by a template; none: whoever makes notices.
create table notice_template_department (
    template   bigint not null references notice_template,
    department text not null references department,
    primary key (template, department)
);

-- A clerk's own WeChat, for tests to themselves: bound by a code that the console shows and the clerk sends to the account.
create table staff_openid (
    staff    bigint primary key references staff,
    openid   text not null check (char_length(openid) between 1 and 128),
    bound_at timestamptz not null
);

create table staff_openid_code (
    staff bigint primary key references staff,
    code  text not null unique check (code ~ '^[0-9]{8}$'),
    until timestamptz not null
);

-- 订阅通知: templates of their own.
create table subscription_template (
    template_id text primary key check (char_length(template_id) between 1 and 128),
    -- What our processes call it: the code of the message template of the same title, if there is one.
    code        text not null default '' check (char_length(code) <= 40),
    title       text not null check (char_length(title) <= 200),
    content     text not null check (char_length(content) <= 4000),
    -- One consent is for any number of notices.
    long_term   boolean not null,
    active      boolean not null default true
);

create index subscription_template_code on subscription_template (code) where active and code <> '';

-- What a citizen's consents still allow: counted down by each notice.
create table subscription_grant (
    openid      text not null check (char_length(openid) between 1 and 128),
    template_id text not null check (char_length(template_id) between 1 and 128),
    remaining   integer not null default 0 check (remaining between 0 and 10000),
    long_term   boolean not null default false,
    changed_at  timestamptz not null,
    primary key (openid, template_id)
);

-- Each movement once: a consent that is pushed again counts once, and a message spends once.
create table subscription_entry (
    id          bigint generated always as identity primary key,
    openid      text not null check (char_length(openid) between 1 and 128),
    template_id text not null check (char_length(template_id) between 1 and 128),
    kind        text not null check (kind in ('accept', 'reject', 'spend', 'void')),
    -- The push's time (WeChat's CreateTime) or the message that spent it.
    cause       text not null check (char_length(cause) between 1 and 200),
    at          timestamptz not null,

    constraint subscription_entry_once unique (openid, template_id, kind, cause)
);

-- A message may go out as a subscription notice, and a closed customer-service window is remembered through a crash.
alter table citizen_message drop constraint citizen_message_status_check;
alter table citizen_message add constraint citizen_message_status_check
    check (status in ('waiting', 'sending', 'sent', 'noticed', 'granting', 'granted', 'unknown', 'undelivered', 'expired', 'cancelled'));
alter table citizen_message add column desk_closed boolean not null default false;
-- The subscription notice's template, to join its result by: it has no id.
alter table citizen_message add column grant_template text check (char_length(grant_template) <= 128);
create index citizen_message_granted on citizen_message (openid, grant_template, id desc) where grant_template is not null;
create index citizen_message_notice on citizen_message (notice_id) where notice_id is not null;

-- Where another system wants to hear what became of its notices; by the owner of its keys, such as live:住建局.
create table notice_webhook (
    owner      text primary key check (char_length(owner) between 1 and 128),
    url        text not null check (char_length(url) between 8 and 1024),
    -- Signs each call; sealed.
    secret     bytea not null,
    created_at timestamptz not null
);

-- One call, made by a job until it is taken. No openids: who is told knows them by notice and row.
create table notice_webhook_call (
    id         bigint generated always as identity primary key,
    owner      text not null references notice_webhook on delete cascade,
    body       json not null,
    created_at timestamptz not null
);

create index notice_webhook_call_created on notice_webhook_call (created_at);

-- Told by the database, so that no statement can forget it: outcomes that are final, to the systems that want to hear of them, and those of
-- our own messages that did not arrive, so that another way is tried.
create function notice_recipient_ended() returns trigger language plpgsql as $$
begin
    -- Erasing touches ended rows once more, and leaves them without a citizen.
    if not exists (select from after where status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and openid <> '') then
        return null;
    end if;

    if exists (select from notice_webhook) then
        with ended as (
            select w.owner, n.public_id, n.reference, a.row_number, a.status, a.error_code, a.error_words, a.finished_at,
                row_number() over (partition by w.owner order by a.notice_id, a.row_number) as place
            from after a
            join notice n on n.id = a.notice_id and n.origin = 'api'
            join notice_webhook w on w.owner = n.made_by
            where a.status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and a.openid <> ''),
        call as (
            insert into notice_webhook_call (owner, body, created_at)
            select owner, json_agg(json_build_object(
                'id', public_id, 'reference', reference, 'row', row_number, 'status', case status when 'unknown' then 'sent' else status end,
                'errorCode', error_code, 'reason', error_words, 'at', finished_at) order by place), now()
            from ended group by owner, (place - 1) / 500
            returning id)
        insert into job (kind, key, data, due_at) select 'notice-webhook', id::text, to_json(id), now() from call;
        notify job_waiting;
    end if;

    insert into job (kind, key, data, due_at)
    select 'citizen-message-failed', n.public_id, to_json(n.public_id), now()
    from after a join notice n on n.id = a.notice_id
    where n.origin = 'flow' and n.made_by = 'citizen-message' and a.status in ('refused', 'failed') and a.openid <> ''
    on conflict (kind, key) do nothing;
    if found then
        notify job_waiting;
    end if;
    return null;
end $$;

create trigger notice_recipient_ended after update on notice_recipient referencing new table as after
    for each statement execute function notice_recipient_ended();
