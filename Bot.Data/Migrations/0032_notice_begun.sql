-- Templates that WeChat does not list to us are written down by hand, until it does; and the office sorts all of them as it likes.
alter table notice_template add column defined boolean not null default false;
alter table notice_template add column category text not null default '' check (char_length(category) <= 20);

-- Of our own messages, those whose result never came and those that were cancelled are told as well.
create or replace function notice_recipient_ended() returns trigger language plpgsql as $$
begin
    -- Erasing touches ended rows once more, and leaves them without a citizen.
    if not exists (select from after where status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and openid <> '') then
        return null;
    end if;

    if exists (select from notice_webhook) then
        with ended as (
            select w.owner, n.public_id, n.reference, a.row_number, a.status, a.error_code, a.error_words, a.finished_at,
                row_number() over (partition by w.owner order by a.notice_id, a.row_number) as place
            from after a
            join notice n on n.id = a.notice_id and n.origin = 'api'
            join notice_webhook w on w.owner = n.made_by
            where a.status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and a.openid <> ''),
        call as (
            insert into notice_webhook_call (owner, body, created_at)
            select owner, json_agg(json_build_object(
                'id', public_id, 'reference', reference, 'row', row_number, 'status', case status when 'unknown' then 'sent' else status end,
                'errorCode', error_code, 'reason', error_words, 'at', finished_at) order by place), now()
            from ended group by owner, (place - 1) / 500
            returning id)
        insert into job (kind, key, data, due_at) select 'notice-webhook', id::text, to_json(id), now() from call;
        notify job_waiting;
    end if;

    insert into job (kind, key, data, due_at)
    select 'citizen-message-failed', n.public_id, to_json(n.public_id), now()
    from after a join notice n on n.id = a.notice_id
    where n.origin = 'flow' and n.made_by = 'citizen-message' and a.status in ('refused', 'failed', 'unknown', 'cancelled') and a.openid <> ''
    on conflict (kind, key) do nothing;
    if found then
        notify job_waiting;
    end if;
    return null;
end $$;

-- Rows of a span behind this one were held and never tried. Null: by a host of an older release, which tried whichever it liked.
alter table notice_span add column begun_to integer;
