-- What citizens' data is kept by: words kept from public places, keys that change, agreements to the privacy notice, requests to see or erase.

-- 敏感词: what becomes public is looked through for these. Kept as written; compared without regard to width, script, case and spacing.
create table sensitive_word (
    word     text primary key check (char_length(word) between 2 and 40 and word = btrim(word)),
    added_by text not null check (char_length(added_by) between 1 and 128),
    added_at timestamptz not null default now()
);

-- A list to start from; the office keeps its own.
insert into sensitive_word (word, added_by)
select word, 'system:migration' from unnest(array[
    '傻逼', '煞笔', '他妈的', '操你妈', '草泥马', '王八蛋', '狗日的', '去死吧', '滚蛋', '贱人',
    '代开发票', '办假证', '刻章办证', '网络赌博', '真人百家乐', '时时彩', '六合彩', '裸聊', '一夜情', '枪支弹药',
    '迷魂药', '冰毒', '套现', '代办信用卡', '加微信领红包', '刷单返利'
]) as word;

-- A new key seals from this time on, when every host has read it; until then it only opens.
alter table field_key add column seals_from timestamptz not null default now();

-- 隐私告知: which version of the notice a citizen agreed to, and when. The notice's words are in the texts file; its version is their digest.
create table consent (
    openid    text not null check (char_length(openid) between 1 and 128),
    -- What for, such as booking.
    purpose   text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
    version   text not null check (char_length(version) between 1 and 40),
    given_at  timestamptz not null default now(),
    primary key (openid, purpose, version)
);

-- 查阅、删除本人数据的申请. Kept as proof that it was done; the openid goes when it is.
create table privacy_request (
    id        bigint generated always as identity primary key,
    kind      text not null check (kind in ('erase', 'export')),
    openid    text not null check (char_length(openid) <= 128),
    -- citizen, or a staff member's name.
    asked_by  text not null check (char_length(asked_by) between 1 and 128),
    asked_at  timestamptz not null default now(),
    -- SHA-256 of what the citizen's link holds; null for an erasure.
    key_hash  bytea check (octet_length(key_hash) = 32),
    lapses_at timestamptz,
    done_at   timestamptz,
    -- Rows that were changed or deleted.
    rows      integer check (rows >= 0),

    constraint privacy_request_key_unique unique (key_hash),
    constraint privacy_request_erased check (kind <> 'erase' or (done_at is null) = (openid <> '')),
    constraint privacy_request_link check ((kind = 'export') = (key_hash is not null) and (kind = 'export') = (lapses_at is not null))
);

create index privacy_request_openid on privacy_request (openid) where openid <> '';
