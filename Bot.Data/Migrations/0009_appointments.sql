-- 预约办事: where and when citizens are received, who comes, and who waits in the hall. Days and times of day are the hall's wall clock (Asia/Shanghai).

create table branch (
    code       text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
    department text not null references department,
    name       text not null unique check (char_length(name) between 1 and 60),
    address    text not null check (char_length(address) <= 120),
    transport  text not null default '' check (char_length(transport) <= 200),
    phone      text not null default '' check (char_length(phone) <= 40),
    latitude   double precision check (latitude between -90 and 90),
    longitude  double precision check (longitude between -180 and 180),
    active     boolean not null default true,
    constraint branch_place_whole check (num_nulls(latitude, longitude) in (0, 2))
);

-- 窗口组: counters of one hall that do the same work and share one schedule.
create table counter_group (
    id           integer generated always as identity primary key,
    branch       text not null references branch,
    name         text not null check (char_length(name) between 1 and 40),
    -- Begins the queue's numbers: A012.
    letter       text not null check (letter ~ '^[A-Z]$'),
    slot_minutes integer not null check (slot_minutes between 5 and 240),
    -- What one counter takes in one slot.
    per_counter  integer not null check (per_counter between 1 and 50),
    -- Raised with every change of what is open: a host that plans by an older state is told so.
    version      integer not null default 1,
    active       boolean not null default true,
    unique (branch, letter),
    unique (branch, name)
);

create table counter (
    counter_group integer not null references counter_group,
    -- As the hall's signs and calls say: 3, or A3.
    name          text not null check (name ~ '^[A-Z0-9]{1,6}$'),
    active        boolean not null default true,
    primary key (counter_group, name)
);

-- 事项.
create table service_item (
    code     text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
    department text not null references department,
    name     text not null unique check (char_length(name) between 1 and 40),
    aliases  text[] not null default '{}' check (cardinality(aliases) <= 40),
    -- Id of its guide among the policies; empty for none.
    guide    text not null default '' check (char_length(guide) <= 32),
    minutes  integer not null check (minutes between 1 and 240),
    position integer not null default 0,
    active   boolean not null default true
);

create table service_offer (
    service       text not null references service_item,
    counter_group integer not null references counter_group,
    primary key (service, counter_group)
);

-- 开放时段. Weekdays count from Sunday, 0; several rows make a day with a break. Statutory holidays are closed; a make-up working day keeps Friday's hours.
create table opening (
    counter_group integer not null references counter_group,
    weekday       smallint not null check (weekday between 0 and 6),
    opens         time not null,
    closes        time not null,
    counters      integer not null check (counters between 1 and 99),
    primary key (counter_group, weekday, opens),
    check (opens < closes)
);

-- 停办: a hall, a group of counters or some of them, for days or for hours.
create table closure (
    id            bigint generated always as identity primary key,
    branch        text not null references branch,
    counter_group integer references counter_group,
    from_day      date not null,
    to_day        date not null,
    from_time     time,
    to_time       time,
    -- How many counters are away; null: all of them.
    counters      integer check (counters between 1 and 99),
    reason        text not null check (char_length(reason) between 1 and 100),
    made_by       text not null check (char_length(made_by) <= 128),
    made_at       timestamptz not null default now(),
    lifted_at     timestamptz,
    check (from_day <= to_day and to_day - from_day <= 366),
    check (num_nulls(from_time, to_time) in (0, 2) and from_time < to_time),
    check (counters is null or counter_group is not null)
);
create index closure_days on closure (to_day) where lifted_at is null;

-- What the office decided; one row.
create table booking_rules (
    only_row         boolean primary key default true check (only_row),
    per_day          integer not null default 1 check (per_day between 1 and 9),
    per_week         integer not null default 2 check (per_week between 1 and 60),
    -- One open booking of a person for each service.
    one_per_service  boolean not null default true,
    days_ahead       integer not null default 14 check (days_ahead between 1 and 180),
    -- Before the slot begins: booked, and changed or cancelled, until then.
    book_minutes     integer not null default 30 check (book_minutes between 0 and 10080),
    change_minutes   integer not null default 120 check (change_minutes between 0 and 10080),
    hold_minutes     integer not null default 5 check (hold_minutes between 1 and 60),
    offer_minutes    integer not null default 10 check (offer_minutes between 1 and 1440),
    -- Checked in from this long before the slot begins until this long after it.
    early_minutes    integer not null default 60 check (early_minutes between 0 and 720),
    late_minutes     integer not null default 30 check (late_minutes between 0 and 720),
    -- So many no-shows within the days of a ban make one; 0 switches bans off.
    no_shows         integer not null default 2 check (no_shows between 0 and 20),
    ban_days         integer not null default 90 check (ban_days between 1 and 730)
);
insert into booking_rules default values;

-- A place that somebody is filling in a form for; it counts until its time and is cleared away by the next who comes.
create type place_hold as (holder uuid, until timestamptz);

create function live_holds(holds place_hold[], at timestamptz, but uuid) returns place_hold[] language sql immutable as $$
    select array(select h from unnest(holds) h where h.until > at and h.holder <> but)
$$;

-- How full a slot is: made when somebody first wants it, with what the schedule gives. Nothing sells more than there is.
create table slot (
    counter_group integer not null references counter_group,
    day           date not null,
    start         time not null,
    finish        time not null,
    capacity      integer not null check (capacity between 0 and 5000),
    taken         integer not null default 0,
    holds         place_hold[] not null default '{}',
    primary key (counter_group, day, start),
    check (start < finish),
    constraint slot_not_overbooked check (taken between 0 and capacity)
) with (fillfactor = 70);

-- The one place that a citizen's form holds, so that another choice frees it.
create table booking_hold (
    openid        text primary key check (char_length(openid) <= 128),
    holder        uuid not null,
    counter_group integer not null,
    day           date not null,
    start         time not null
);

create table booking (
    -- YY20261128-0007-3
    number        text primary key check (char_length(number) <= 24),
    -- The form's run: a confirmation that comes twice books once.
    run_id        uuid not null unique,
    openid        text not null check (char_length(openid) <= 128),
    service       text not null references service_item,
    counter_group integer not null,
    day           date not null,
    start         time not null,
    starts_at     timestamptz not null,
    -- Keyed hash of the ID number: limits count by it.
    person        bytea not null check (octet_length(person) = 32),
    phone_key     bytea not null check (octet_length(phone_key) = 32),
    -- Which of the person's bookings of that day it is: with the index below, nobody has more than the rules give.
    nth           smallint not null check (nth between 1 and 9),
    -- Sealed; the row is the run.
    name          bytea not null,
    id_number     bytea not null,
    phone         bytea not null,
    -- Booked for somebody in the family, who agreed.
    family        boolean not null default false,
    -- 60 or older, or so said at the desk: called first.
    priority      boolean not null default false,
    status        text not null default 'booked' check (status in ('booked', 'arrived', 'served', 'missed', 'cancelled', 'displaced')),
    -- Counts changes of time: reminders and offers of an older one are not told.
    moves         integer not null default 0,
    reminded      smallint not null default 0 check (reminded between 0 and 2),
    -- The citizen said that they will come.
    assured_at    timestamptz,
    booked_at     timestamptz not null,
    changed_at    timestamptz not null,
    constraint booking_slot foreign key (counter_group, day, start) references slot
);
create unique index booking_person_day on booking (person, day, nth) where status in ('booked', 'arrived', 'served', 'missed');
create index booking_openid on booking (openid, day desc);
create index booking_day on booking (day, counter_group, start);
create index booking_displaced on booking (day) where status = 'displaced';

-- 爽约限制.
create table booking_ban (
    id         bigint generated always as identity primary key,
    person     bytea not null check (octet_length(person) = 32),
    openid     text not null check (char_length(openid) <= 128),
    -- The missed booking that made it.
    booking    text not null unique references booking,
    since      timestamptz not null,
    until      timestamptz not null,
    appeal     text check (char_length(appeal) between 1 and 500),
    appealed_at timestamptz,
    answer     text check (char_length(answer) between 1 and 300),
    answered_by text check (char_length(answered_by) <= 128),
    answered_at timestamptz,
    lifted     boolean not null default false,
    check (since < until)
);
create index booking_ban_person on booking_ban (person, until);
create index booking_ban_openid on booking_ban (openid, until);

-- 候补: first come, first offered. What is asked to book with is kept sealed, so that one word takes the place.
create table waitlist (
    id            bigint generated always as identity primary key,
    run_id        uuid not null unique,
    openid        text not null check (char_length(openid) <= 128),
    service       text not null references service_item,
    counter_group integer not null,
    day           date not null,
    start         time not null,
    person        bytea not null check (octet_length(person) = 32),
    details       bytea not null,
    status        text not null default 'waiting' check (status in ('waiting', 'offered', 'taken', 'declined', 'lapsed', 'ended')),
    offered_until timestamptz,
    made_at       timestamptz not null,
    constraint waitlist_slot foreign key (counter_group, day, start) references slot,
    check ((status = 'offered') = (offered_until is not null))
);
create unique index waitlist_once on waitlist (person, counter_group, day, start) where status in ('waiting', 'offered');
create index waitlist_turn on waitlist (counter_group, day, start, id) where status in ('waiting', 'offered');
create index waitlist_openid on waitlist (openid, id desc);

-- 常用办事人: kept only for those who said so.
create table visitor (
    id        uuid primary key,
    openid    text not null check (char_length(openid) <= 128),
    person    bytea not null check (octet_length(person) = 32),
    name      bytea not null,
    id_number bytea not null,
    phone     bytea not null,
    family    boolean not null,
    agreed_at timestamptz not null,
    unique (openid, person)
);

-- Where a citizen last said to be, to about 100 m; for a day.
create table citizen_place (
    openid    text primary key check (char_length(openid) <= 128),
    latitude  numeric(5, 3) not null,
    longitude numeric(6, 3) not null,
    told_at   timestamptz not null
);

-- 叫号: the hall's queue of a day.
create table ticket_serial (
    counter_group integer not null references counter_group,
    day           date not null,
    last          integer not null check (last > 0),
    primary key (counter_group, day)
) with (fillfactor = 50);

create table visit (
    id            bigint generated always as identity primary key,
    counter_group integer not null references counter_group,
    day           date not null,
    -- A012
    ticket        text not null check (char_length(ticket) <= 8),
    -- Null for who came without one.
    booking       text unique references booking,
    -- Empty for a paper ticket.
    openid        text not null default '' check (char_length(openid) <= 128),
    service       text not null references service_item,
    priority      boolean not null default false,
    status        text not null default 'waiting' check (status in ('waiting', 'called', 'serving', 'served', 'missed')),
    counter       text check (char_length(counter) <= 6),
    calls         smallint not null default 0,
    came_at       timestamptz not null,
    called_at     timestamptz,
    started_at    timestamptz,
    ended_at      timestamptz,
    unique (counter_group, day, ticket),
    check ((status = 'waiting') = (called_at is null)),
    check ((status in ('served', 'missed')) = (ended_at is not null))
) with (fillfactor = 70);
create index visit_waiting on visit (counter_group, day, priority desc, id) where status = 'waiting';
create index visit_day on visit (day, counter_group, id);
-- A counter serves one at a time.
create unique index visit_at_counter on visit (counter_group, day, counter) where status in ('called', 'serving');

-- 好差评 of a visit: once.
create table visit_rating (
    visit       bigint primary key references visit,
    level       smallint not null check (level between 1 and 5),
    words       text not null default '' check (char_length(words) <= 500),
    rated_at    timestamptz not null,
    -- The two bad levels are called back.
    followed_by text check (char_length(followed_by) <= 128),
    followed_at timestamptz,
    outcome     text check (char_length(outcome) <= 300)
);
create index visit_rating_bad on visit_rating (rated_at) where level <= 2 and followed_at is null;
