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

-- case_day_fold in pieces, so that nobody waits for all of it: after an upgrade of a full database it is nine seconds' work. The newest days first; whether more is left of the days asked for.
create function case_day_fold_some(most integer, first_day date, last_day date) returns boolean language plpgsql as $$
declare
    days       date[];
    categories text[];
begin
    perform pg_advisory_xact_lock(x'63617365646179'::bigint);
    with piece as (
        select distinct day, category from case_day_noted where day between first_day and last_day order by day desc, category limit most),
    gone as (
        delete from case_day_noted n using piece s where (n.day, n.category) = (s.day, s.category) returning n.day, n.category),
    d as (select distinct day, category from gone)
    select array_agg(day), array_agg(category) into days, categories from d;
    if days is null then
        return false;
    end if;
    delete from case_day c using unnest(days, categories) n (day, category) where (c.day, c.category) = (n.day, n.category);
    insert into case_day (day, category, department, kind, filed, answered, timely, late, seconds, rated, content)
    select n.day, n.category, f.department, f.kind, f.filed, f.answered, f.timely, f.late, f.seconds, f.rated, f.content
    from unnest(days, categories) n (day, category)
    cross join lateral (
        select coalesce(c.department, '') as department, c.kind, count(*) as filed, count(c.answered_at) as answered,
            count(*) filter (where c.answered_at <= c.answer_by and not c.late_before and c.state not in ('filed', 'accepted', 'dispatched', 'handling')) as timely,
            count(*) filter (where c.late_before or c.answered_at > c.answer_by) as late,
            coalesce(sum(extract(epoch from c.answered_at - c.filed_at)::double precision), 0) as seconds,
            count(c.rating) filter (where a.id is null) as rated, count(*) filter (where c.rating >= 3 and a.id is null) as content
        from case_file c left join rating_appeal a on a.source = 'case' and a.subject = c.id and a.upheld
        where c.category = n.category and c.filed_at >= n.day::timestamp at time zone 'Asia/Shanghai' and c.filed_at < (n.day + 1)::timestamp at time zone 'Asia/Shanghai'
        group by 1, 2) f;
    return exists (select from case_day_noted where day between first_day and last_day);
end $$;

-- The daily job counts what the upgrade left, as soon as a host is there.
update job set due_at = now() where kind = 'case.forget' and status = 'waiting';
