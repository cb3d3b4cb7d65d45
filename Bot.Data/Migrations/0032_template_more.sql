-- Templates that WeChat does not list to us are written down by hand, until it does; and the office sorts all of them as it likes.
alter table notice_template add column defined boolean not null default false;
alter table notice_template add column category text not null default '' check (char_length(category) <= 20);
