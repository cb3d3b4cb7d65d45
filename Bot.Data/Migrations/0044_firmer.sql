-- Who filed a case is told when it is filed: whose citizen was forgotten is still no other system's.
alter table case_file add column filed_by_system boolean not null default false;

update case_file c set filed_by_system = true
where kind not in ('report', 'disclosure') and erased_at is null and forgotten_at is null
    and not exists (select from case_citizen z where z.case_id = c.id and z.owner);

-- 投诉工单: 全部 by deadline, and what is open or in one state by age, for the centre and for a department.
create index case_file_due on case_file (answer_by, id);
create index case_file_due_by_department on case_file (department, answer_by, id);
create index case_file_newest_by_state on case_file (state, filed_at desc, id desc);
create index case_file_open_newest on case_file (filed_at desc, id desc) where state in ('filed', 'accepted', 'dispatched', 'handling');
create index case_file_open_newest_by_department on case_file (department, filed_at desc, id desc) where state in ('filed', 'accepted', 'dispatched', 'handling');

-- 后台任务 that were called off: few, and long ago.
create index job_cancelled on job (id desc) where status = 'cancelled';

-- 粉丝 who came by one code.
create index follower_by_scene on follower (scene, last_message_at desc nulls last, openid) where scene is not null;
