-- 投诉工单 of a department by kind or category, by deadline and by age: a kind that it has none of is found to be so at once.
create index case_file_due_by_department_kind on case_file (department, kind, answer_by, id);
create index case_file_newest_by_department_kind on case_file (department, kind, filed_at desc, id desc);
create index case_file_due_by_department_category on case_file (department, category, answer_by, id);
create index case_file_newest_by_department_category on case_file (department, category, filed_at desc, id desc);

-- 好差评: the bad ones of some weeks are counted and listed out of this alone.
create index case_file_rated_badly on case_file (rated_at desc, id desc) include (rated_department, kind, call_back_due) where rating <= 2;
