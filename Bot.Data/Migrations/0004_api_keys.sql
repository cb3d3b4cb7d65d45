-- Keys of other systems that send notices by the REST API.

create table api_key (
    id           bigint generated always as identity primary key,
    -- Whose it is. Notices belong to kind and name, so that a renewed key finds those of the old one.
    name         text not null check (char_length(name) between 1 and 80),
    kind         text not null check (kind in ('live', 'team', 'test')),
    -- SHA-256 of the key; the key itself is 32 random letters and digits, shown once and kept nowhere.
    hash         bytea not null check (octet_length(hash) = 32),
    created_at   timestamptz not null,
    -- To the hour.
    last_used_at timestamptz,
    revoked_at   timestamptz,

    constraint api_key_hash_unique unique (hash)
);
