-- A key of another system may belong to a department: it sends by the templates that this department may use.
alter table api_key add column department text references department;

-- Whoever asks by their own name for a notice must not look through all that they ever sent.
create index notice_by_reference on notice (reference, id desc) where reference <> '';

-- What was sent in the last days is looked up by day; notices lie in the order in which they were made, so that a small index does.
create index notice_made_at on notice using brin (created_at);
