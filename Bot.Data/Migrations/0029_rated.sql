-- A rating belongs to whoever answered, not to whoever gets the case next; a deadline that was missed stays missed; and more of what citizens were promised holds.

alter table case_file add column rated_department text references department;
alter table case_file add column rated_person text;
-- A deadline was missed before the case was opened again.
alter table case_file add column late_before boolean not null default false;

-- Kept by the database, so that no statement can forget it: a bad rating sends the case to others in the same statement.
create function case_file_remembers() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.rating is not null then
            new.rated_department := new.department;
            new.rated_person := coalesce(new.reply_by, new.assignee);
        end if;
        return new;
    end if;
    if new.rating is distinct from old.rating then
        new.rated_department := old.department;
        new.rated_person := coalesce(old.reply_by, old.assignee);
    end if;
    if new.reopened > old.reopened and old.answered_at > old.answer_by then
        new.late_before := true;
    end if;
    return new;
end $$;

create trigger case_file_remembers before insert or update on case_file for each row execute function case_file_remembers();

-- What is known of those before: the rating's line in the timeline names the department, the last answer above it the person.
update case_file set rated_department = department, rated_person = coalesce(reply_by, assignee) where rating is not null;
update case_file c set rated_department = d.code,
    rated_person = coalesce((select a.actor from case_event a where a.case_id = c.id and a.act = 'reply' and a.id < e.id order by a.id desc limit 1), c.rated_person)
from case_event e left join department d on d.code = e.department
where e.case_id = c.id and e.act = 'rate' and c.rating is not null;
update case_file c set late_before = true
where c.reopened > 0 and exists (
    select from case_event o join case_event r on r.case_id = o.case_id and r.id > o.id
    where o.case_id = c.id and o.act = 'overdue' and o.state <> 'filed' and r.act in ('reopen', 'rate'));

create or replace view rating as
select 'case' as source, c.id as subject, c.number as label, c.rated_department as department, coalesce(d.name, '') as office, k.name as service,
    coalesce(s.display_name || '（' || s.name || '）', c.rated_person, '') as person,
    c.rating::integer as level, c.rated_at, coalesce(c.rating_words, '') as words, c.call_back_due as waiting,
    (select max(l.called_at) from case_call l where l.case_id = c.id) as called_at, c.kind = 'report' as secret
from case_file c
join case_category k on k.code = c.category
left join department d on d.code = c.rated_department
left join staff s on s.name = c.rated_person
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

-- Who answered early was told until when the answer may be changed.
create or replace function survey_promise_is_final() returns trigger language plpgsql as $$
begin
    if old.version > 0 and (new.anonymous <> old.anonymous or new.version < old.version) then
        raise exception 'whether a published survey is anonymous is final';
    end if;
    if old.version > 0 and (old.editable and not new.editable or new.closes_at < old.closes_at) then
        raise exception 'a published survey is not closed earlier than promised, nor its answers';
    end if;
    if old.ended_at is not null and (new.ended_at is distinct from old.ended_at or new.version <> old.version) then
        raise exception 'an ended survey does not begin again';
    end if;
    return new;
end $$;
