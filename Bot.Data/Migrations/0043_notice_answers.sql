-- A message that goes as a template or subscription notice may offer numbers, too: other ones than its full words do, since a field holds 20 characters.
alter table citizen_message add column notice_choices text[] not null default '{}' check (cardinality(notice_choices) <= 9);

-- The call to the counter, a closure, a place that was waited for: told even to one who wants no notices.
alter table citizen_message add column promised boolean not null default false;

-- By which of the account's templates a kind of our own messages goes, and what each of its fields gets: WeChat's library fixes how fields are called.
create table message_template (
    -- The office's code, such as booking-reminder.
    code       text primary key check (code ~ '^[a-z][a-z-]{0,39}$'),
    template   bigint not null references notice_template,
    -- {"thing3": "thing1", "thing5": "=请带身份证"}: a field of the message, or fixed words.
    fields     json not null,
    changed_at timestamptz not null
);
