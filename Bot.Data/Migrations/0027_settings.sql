-- Settings that staff changed while the hosts run; what is not here has the value of the configuration.
create table setting (
    key        text primary key check (key ~ '^[A-Z][A-Za-z]+:[A-Z][A-Za-z]+$'),
    value      integer not null,
    changed_by text not null references staff (name),
    changed_at timestamptz not null
);
