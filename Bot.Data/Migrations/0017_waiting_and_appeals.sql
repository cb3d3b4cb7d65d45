-- 候补 with priority: who may have a reserved place is offered one that was given back; and what such a claim was, to be seen at the counter.
alter table waitlist
    add claim text not null default '' check (claim in ('', 'disabled', 'soldier')),
    add priority boolean not null default false;

-- 爽约申诉: whoever writes it is answered, also from another phone than the one that booked. Empty: that one.
alter table booking_ban add appeal_openid text not null default '' check (char_length(appeal_openid) <= 128);
