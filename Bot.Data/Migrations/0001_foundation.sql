-- Who follows the account, and the answers that the office wrote for certain words.
-- Instants are timestamptz; pages and messages show them in Asia/Shanghai.

create table follower (
    -- Opaque and case-sensitive.
    openid text primary key,
    subscribed boolean not null default true,
    -- Our clock. Null: they wrote to us, but we never saw them follow (the account is older than the bot).
    followed_at timestamptz,
    unsubscribed_at timestamptz,
    -- The QR code that brought them, as on the poster; null when they found us otherwise.
    scene text,
    -- A customer-service message may be sent for 48 h after this.
    last_message_at timestamptz,
    -- WeChat's CreateTime (seconds since 1970-01-01 UTC) of the newest follow or unfollow that was applied. Deliveries overtake each other:
    -- an older event must not undo a newer one. 0: none yet.
    last_event_time bigint not null default 0,
    created_at timestamptz not null default now(),

    constraint follower_openid_length check (char_length(openid) between 1 and 128),
    constraint follower_scene_length check (char_length(scene) between 1 and 128),
    constraint follower_event_time_not_negative check (last_event_time >= 0)
);

-- Notices go to those who still follow; the console lists the newest first.
create index follower_subscribed on follower (followed_at desc, openid) where subscribed;

create table keyword_reply (
    id bigint generated always as identity primary key,
    keyword text not null,
    -- exact: the whole message is the keyword; contains: it occurs in the message.
    match text not null,
    reply text not null,
    enabled boolean not null default true,
    updated_at timestamptz not null default now(),

    -- One answer a keyword, whichever way it matches: staff must not have to guess which of two wins.
    constraint keyword_reply_keyword_unique unique (keyword),
    constraint keyword_reply_keyword_length check (char_length(keyword) between 1 and 64 and keyword = btrim(keyword)),
    constraint keyword_reply_match_known check (match in ('exact', 'contains')),
    -- The platform cuts a text at about 2048 bytes; ours stays below it, as Reply does.
    constraint keyword_reply_reply_length check (octet_length(reply) between 1 and 2000)
);
