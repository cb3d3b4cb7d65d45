-- 依申请公开: requests for government information, a kind of case with a clock, an answer and a yearly report of its own.
-- Source: 中华人民共和国政府信息公开条例 (国务院令第711号), articles 29 to 42 and 50.

alter table case_category drop constraint case_category_kind_known;
alter table case_category add constraint case_category_kind_known
    check (kind in ('complaint', 'report', 'enquiry', 'suggestion', 'help', 'praise', 'disclosure'));

alter table case_file drop constraint case_file_kind_known;
alter table case_file add constraint case_file_kind_known
    check (kind in ('complaint', 'report', 'enquiry', 'suggestion', 'help', 'praise', 'disclosure'));

alter table case_file
    -- Who asks, in the words of the yearly report: a citizen, or one of five sorts of organisation.
    add column applicant text,
    -- What was decided: a row of the yearly report. Set with the draft of an answer; it counts once the request is closed.
    add column decision text,
    -- 补正 was asked for then; the law allows that once.
    add column asked_at timestamptz,
    -- We wait for the correction or the fee until then; afterwards the request counts as given up.
    add column wait_until timestamptz,
    -- 信息处理费, in fen; null for none.
    add column fee integer,
    add column fee_paid_at timestamptz,
    add constraint case_file_applicant_known
        check (applicant in ('person', 'business', 'research', 'welfare', 'legal', 'other')),
    add constraint case_file_applicant check ((kind = 'disclosure') = (applicant is not null)),
    add constraint case_file_decision check (decision is null or kind = 'disclosure' and decision ~ '^[a-z][a-z-]{1,31}$'),
    add constraint case_file_fee check (fee between 1 and 100000000 and (fee_paid_at is null or fee is not null)),
    add constraint case_file_request_stays_closed check (kind <> 'disclosure' or publicity = 'no' and merged_into is null);

create index case_file_disclosures on case_file (filed_at, id) where kind = 'disclosure';

-- Seven working days to look at it, 20 to answer; a second person reads every answer.
insert into case_category (code, kind, name, accept_days, answer_days, needs_approval, sort) values
    ('information-request', 'disclosure', '政府信息公开申请', 7, 20, true, 10);
