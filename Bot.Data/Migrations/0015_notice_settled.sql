-- When the rows of an ended notice whose event never came were told apart as 结果未知: a day after its last row.
alter table notice add column settled_at timestamptz;

create index notice_unsettled on notice (finished_at) where settled_at is null and finished_at is not null;
