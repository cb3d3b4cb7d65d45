-- A notice for a group (who is booked, a tag, a topic's subscribers) goes to those who are in it when it starts. Its draft is a list, too, so that it can be checked.
alter table notice add column group_kind text check (char_length(group_kind) between 1 and 20);
alter table notice add column group_choice text check (char_length(group_choice) between 1 and 200);
alter table notice add constraint notice_group_whole check ((group_kind is null) = (group_choice is null));
-- Its list was not yet brought up to date: nothing of it is handed out before.
alter table notice add column gathering boolean not null default false;
-- Who came into the group after the draft.
alter table notice add column joined integer not null default 0 check (joined >= 0);

-- 结果未知 by the time of each row's sending, also of a notice that runs for long or is paused: what was sent before this is told apart. Null: nothing yet.
alter table notice add column settled_to timestamptz;
create index notice_settling on notice (coalesce(settled_to, started_at)) where settled_at is null and started_at is not null and lane <> 'single';

-- 待核实: rows of unclear outcome, by their notice for staff and by their citizen for an event without an id. Few: a claim touches neither index.
create index notice_recipient_unclear on notice_recipient (notice_id, row_number) where uncertain_since is not null;
create index notice_recipient_unclear_of on notice_recipient (openid) where uncertain_since is not null;
