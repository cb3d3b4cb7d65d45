-- The console: who may try to sign in, and whose tags are whose.

-- Wrong passwords and codes, by the name that was typed and by where it was typed: an account rests there, and not where its owner sits. A name that nobody has is
-- counted the same way, so that nobody learns which there are. This stands in for staff.failed_sign_ins and staff.locked_until, which are read no more.
create table sign_in_try (
    -- SHA-256: some type their password where the name belongs.
    name_hash  bytea not null check (octet_length(name_hash) = 32),
    -- SHA-256 of a network or of a browser's cookie; of nothing for all together that are not known.
    place_hash bytea not null check (octet_length(place_hash) = 32),
    -- Within a day of each other, since they last got in.
    failures   integer not null default 0 check (failures >= 0),
    failed_at  timestamptz,
    -- When somebody last got in from there with everything that is asked for.
    welcome_at timestamptz,

    primary key (name_hash, place_hash)
);

-- follower_tag mirrors the account's tags at WeChat, so that the tags of a list, of a notice and of a menu are the same. When WeChat last had it so; null: given here before
-- WeChat was told of tags, and told at the next comparison.
alter table follower_tag add column seen_at timestamptz;
create index follower_tag_untold on follower_tag (tag, openid) where seen_at is null;

-- A notice that is being drafted for a group: its members are fetched and written by a job, while the page of whoever wrote it shows how far that is.
create table notice_composing (
    id         uuid primary key,
    made_by    text not null check (char_length(made_by) between 1 and 128),
    -- What the clerk put together.
    wish       json not null check (octet_length(wish::text) <= 65536),
    -- How many there should be, as far as is known.
    expected   integer check (expected >= 0),
    gathered   integer not null default 0 check (gathered >= 0),
    -- The draft that came of it.
    notice     text check (char_length(notice) between 1 and 64),
    -- Why none came of it: in words, by field.
    problems   json check (octet_length(problems::text) <= 65536),
    created_at timestamptz not null,

    constraint notice_composing_one_end check (notice is null or problems is null)
);
