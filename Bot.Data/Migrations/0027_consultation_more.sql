-- Why a draft came back is shown to whoever wrote it, until it is submitted anew.
alter table consultation add column returned_why text not null default '' check (char_length(returned_why) <= 300);

-- Rude words are not shown, and yet what they ask is considered and answered with its point. Only these reasons leave a comment out.
alter table consultation_comment
    add column left_out boolean generated always as (state = 'hidden' and reason in ('与征求意见的内容无关', '广告或推销', '重复提交')) stored,
    drop constraint consultation_comment_judged,
    add constraint consultation_comment_judged check (case state
        when 'waiting' then num_nonnulls(shown_words, reason, judged_by) = 0
        when 'shown' then num_nulls(shown_words, judged_by) = 0 and reason is null
        else num_nulls(reason, judged_by) = 0 and shown_words is null end),
    add constraint consultation_comment_left_out_of_points check (not left_out or point is null);
