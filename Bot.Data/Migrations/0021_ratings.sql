-- 好差评: all ratings in one view, and appeals against mistaken ones.

create table rating_appeal (
    id         bigint generated always as identity primary key,
    source     text not null check (source in ('case', 'visit')),
    -- The case, or the visit.
    subject    bigint not null,
    asked_by   text not null check (char_length(asked_by) between 1 and 128),
    asked_at   timestamptz not null default now(),
    reason     text not null check (char_length(reason) between 1 and 500),
    decided_by text check (char_length(decided_by) between 1 and 128),
    decided_at timestamptz,
    -- The rating counts no more.
    upheld     boolean,
    answer     text check (char_length(answer) between 1 and 500),

    constraint rating_appeal_once unique (source, subject),
    constraint rating_appeal_decided_wholly check (num_nulls(decided_by, decided_at, upheld, answer) in (0, 4)),
    constraint rating_appeal_four_eyes check (decided_by <> asked_by)
);

create index rating_appeal_open on rating_appeal (asked_at) where decided_at is null;
create index case_file_rated on case_file (rated_at) where rating is not null;
create index visit_rating_at on visit_rating (rated_at);

-- Level 5 is the best, 1 and 2 are bad. Of a look-up it is only told whether it helped: 5 or 2.
create view rating as
select 'case' as source, c.id as subject, c.number as label, c.department, coalesce(d.name, '') as office, k.name as service, coalesce(c.assignee, '') as person,
    c.rating::integer as level, c.rated_at, coalesce(c.rating_words, '') as words, c.call_back_due as waiting,
    (select max(l.called_at) from case_call l where l.case_id = c.id) as called_at, c.kind = 'report' as secret
from case_file c
join case_category k on k.code = c.category
left join department d on d.code = c.department
where c.rating is not null and c.rated_at is not null
union all
select 'visit', v.id, v.ticket, b.department, d.name, s.name, case when v.counter is null then '' else b.name || ' ' || v.counter || ' 号窗口' end,
    r.level, r.rated_at, r.words, r.level <= 2 and r.followed_at is null, r.followed_at, false
from visit_rating r
join visit v on v.id = r.visit
join service_item s on s.code = v.service
join counter_group g on g.id = v.counter_group
join branch b on b.code = g.branch
join department d on d.code = b.department
union all
select 'search', q.key, '', null, coalesce(p.issuer, ''), coalesce(p.title, q.confirmed, ''), '', case q.outcome when 'helped' then 5 else 2 end, q.asked_at, '',
    false, null, false
from policy_question q
left join policy p on p.id = coalesce(q.confirmed, q.shown[1])
where q.outcome in ('helped', 'unhelpful');
