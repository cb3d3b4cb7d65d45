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
