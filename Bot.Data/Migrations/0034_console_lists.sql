-- What the console's lists and figures read along, however much there is.

-- 统计: what the cases of a day and a category come to, so that a year is read in some milliseconds. Whoever changes a case notes its day and
-- category, which holds up nobody; what is noted is counted anew before it is read. Deadlines that pass by themselves are not in it.
create table case_day (
    day        date not null,
    category   text not null,
    -- Empty for the centre.
    department text not null,
    kind       text not null,
    filed      integer not null,
    answered   integer not null,
    timely     integer not null,
    late       integer not null,
    -- From filing to the answer, of those answered.
    seconds    double precision not null,
    rated      integer not null,
    content    integer not null,

    primary key (day, category, department, kind)
);

create table case_day_noted (
    day      date not null,
    category text not null
);

create function case_day_note() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into case_day_noted select distinct (filed_at at time zone 'Asia/Shanghai')::date, category from after;
    else
        insert into case_day_noted
        select (filed_at at time zone 'Asia/Shanghai')::date, category from after
        union
        select (filed_at at time zone 'Asia/Shanghai')::date, category from before;
    end if;
    return null;
end $$;

create trigger case_day_added after insert on case_file referencing new table as after for each statement execute function case_day_note();
create trigger case_day_changed after update on case_file referencing old table as before new table as after for each statement execute function case_day_note();

-- What is set aside on an appeal counts no more.
create function case_day_note_appeal() returns trigger language plpgsql as $$
begin
    insert into case_day_noted
    select (filed_at at time zone 'Asia/Shanghai')::date, category from case_file where new.source = 'case' and id = new.subject;
    return null;
end $$;

create trigger case_day_appealed after insert or update of upheld on rating_appeal for each row execute function case_day_note_appeal();

-- One at a time; who waited finds little left to do. Each statement sees what was committed before it: what is noted was there to be counted.
create function case_day_fold() returns void language plpgsql as $$
declare
    days       date[];
    categories text[];
begin
    perform pg_advisory_xact_lock(x'63617365646179'::bigint);
    with gone as (delete from case_day_noted returning day, category), d as (select distinct day, category from gone)
    select array_agg(day), array_agg(category) into days, categories from d;
    if days is null then
        return;
    end if;
    delete from case_day c using unnest(days, categories) n (day, category) where (c.day, c.category) = (n.day, n.category);
    -- Each of them along the index of its category.
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
end $$;

insert into case_day_noted select distinct (filed_at at time zone 'Asia/Shanghai')::date, category from case_file;

-- 通知 by state, origin, maker and department. What is done is nearly everything: the newest of it is found without.
create index notice_by_status on notice (status, id desc) where status not in ('sending', 'done');
create index notice_by_origin on notice (origin, id desc);
create index notice_by_maker on notice (made_by, id desc);
create index notice_by_department on notice (department, id desc) where department is not null;

-- 好差评 of cases, counted out of this alone.
create index case_file_rated_figures on case_file (rated_at) include (rating, rated_department, rated_person, category, kind, call_back_due, id) where rating is not null;
