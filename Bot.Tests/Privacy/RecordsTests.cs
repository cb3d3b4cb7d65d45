using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Cases;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

/// <summary>Of every table that leads to a citizen: with one row of theirs and nothing else, they are shown it, and once they are erased there is nothing to show.</summary>
public sealed class RecordsTests : CitizenDataFixture
{
    private static readonly OpenId s_citizen = new("oPlanted");
    private static readonly Guid s_run = Guid.NewGuid();

    private object _parameters = null!;

    [SetUp]
    public async Task Start()
    {
        var (cipher, cases) = (await Get<IFieldCiphers>().GetAsync(default), Get<CaseCitizens>());
        var draft = await cases.DraftHashAsync(s_citizen, ICaseDrafts.Flows[0], default);
        _parameters = new
        {
            run = s_run, openid = s_citizen.Value, hash = await cases.HashAsync(s_citizen, default), draft, token = SurveySql.Token(cipher, 1, s_citizen), comment = ConsultationSql.Hash(cipher, s_citizen),
            form = cipher.Seal("case_draft.form", Convert.ToHexString(draft), """{"answers":[{"step":"story","value":"路灯不亮"}]}"""), details = cipher.Seal("waitlist.details", Row, JsonSerializer.Serialize(new Visitor("王", "1", "2", false))),
            name = cipher.Seal("booking.name", Row, "王"), id = cipher.Seal("booking.id_number", Row, "1"), phone = cipher.Seal("booking.phone", Row, "2"),
            whose = cipher.Seal("visitor.name", Row, "王"), which = cipher.Seal("visitor.id_number", Row, "1"), where = cipher.Seal("visitor.phone", Row, "2"),
        };
        await PlantAsync(
            """
            insert into branch values ('b', 'd', '大厅', '路');
            insert into counter_group (id, branch, name, letter, slot_minutes, per_counter) overriding system value values (1, 'b', '窗口', 'A', 30, 1);
            insert into service_item (code, department, name, minutes) values ('s', 'd', '事项', 30);
            insert into notice_template_version (id, template, version, title, content) overriding system value values (1, 1, 1, '提醒', '');
            insert into notice (id, public_id, origin, template_version, lane, status, made_by, created_at) overriding system value values (1, 'N00000000000000000000', 'flow', 1, 'single', 'done', 'a', now());
            insert into survey (id, title, anonymous, editable, audience_kind, opens_at, closes_at, version, made_by) overriding system value values (1, '问卷', false, true, 'all', now(), now() + interval '1 day', 1, 'a');
            insert into survey_version values (1, 1, false, '[{"text":"好吗"}]', now(), 'a');
            insert into consultation_version values (1, 1, '{"title":"草案","parts":[{}]}', now(), now() + interval '1 day', 'a', 'b', now());
            insert into staff (id, name, display_name, password_hash, roles) overriding system value values (1, 'zhang', '张', 'x', '{auditor}');
            insert into policy_miss (normal, question, first_at, last_at) values ('q', '问', now(), now());
            insert into case_file (id, number, run_id, kind, category, story, filed_at, accept_by, answer_by) overriding system value values (1, 'TS1', gen_random_uuid(), 'complaint', 'complaint-other', '路灯不亮', now(), now(), now());
            """);
    }

    [Test]
    public async Task What_is_kept_is_shown_and_erased_table_by_table()
    {
        var parts = Get<IEnumerable<ICitizenRecords>>().ToArray();
        Assert.That(s_rows.Keys, Is.EquivalentTo(parts.SelectMany(p => p.Tables)), "plant a row of each table");
        foreach (var (table, sql) in s_rows)
        {
            await PlantAsync(sql);
            Assert.That(await ShownAsync(parts), Is.EqualTo(1), $"{table} is shown");
            foreach (var part in parts)
                await part.EraseAsync(s_citizen, default);
            // Who has answered an anonymous survey that runs must not answer it again.
            if (table == "survey_participation")
                await PlantAsync("delete from survey_participation");
            Assert.That(await ShownAsync(parts), Is.Zero, $"{table} is erased");
        }
    }

    private static readonly Dictionary<string, string> s_rows = new()
    {
        ["citizen_message"] = "insert into citizen_message (key, openid, words, status) values ('k', @openid, '办结', 'sent')",
        ["notice_recipient"] = "insert into notice_recipient (notice_id, row_number, openid, data, status, pending, next_attempt_at) values (1, 1, @openid, '{}', 'delivered', false, now())",
        ["notice_event"] = "insert into notice_event (msg_id, openid, status, at, look_at) values (1, @openid, 'delivered', now(), now())",
        ["notice_opt_out"] = "insert into notice_opt_out values (@openid, now())",
        ["subscription_grant"] = "insert into subscription_grant (openid, template_id, remaining, changed_at) values (@openid, 't', 1, now())",
        ["subscription_entry"] = "insert into subscription_entry (openid, template_id, kind, cause, at) values (@openid, 't', 'accept', '1', now())",
        ["staff_openid"] = "insert into staff_openid values (1, @openid, now())",
        ["article_push"] = "insert into article_push (article, version, kind, marker, code, reader, state, made_by, made_at) values (1, 1, 'preview', '0123456789abcdef', '123456', @openid, 'doubtful', 'a', now())",
        ["booking"] =
            """
            insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth, name, id_number, phone, status, booked_at, changed_at)
            values ('YY1', @run, @openid, 's', 1, current_date - 9, '09:00', now() - interval '9 days', sha256('p'), sha256('t'), 1, @name, @id, @phone, 'served', now(), now())
            """,
        ["booking_hold"] = "insert into booking_hold values (@openid, gen_random_uuid(), 1, current_date, '09:00')",
        ["booking_ban"] = "insert into booking_ban (person, openid, booking, since, until, appeal) values (sha256('p'), @openid, 'YY1', now(), now() + interval '9 days', '病了')",
        ["waitlist"] = "insert into waitlist (run_id, openid, service, counter_group, day, start, person, details, status, made_at) values (@run, @openid, 's', 1, current_date, '09:00', sha256('p'), @details, 'ended', now())",
        ["visitor"] = "insert into visitor values (@run, @openid, sha256('p'), @whose, @which, @where, false, now())",
        ["person_asked"] = "insert into person_asked values (@openid, current_date, sha256('p'))",
        ["citizen_place"] = "insert into citizen_place values (@openid, 30, 120, now())",
        ["visit"] = "insert into visit (counter_group, day, ticket, openid, service, came_at) values (1, current_date, 'A1', @openid, 's', now())",
        ["visit_rating"] = "update visit set openid = @openid; insert into visit_rating (visit, level, words, rated_at) select id, 5, '好', now() from visit",
        ["follower"] = "insert into follower (openid) values (@openid)",
        ["consent"] = "insert into consent values (@openid, 'booking', 'v1', now())",
        ["conversation"] = "insert into conversation (openid, opened_at, heard_at, waits) values (@openid, now(), now(), true); insert into conversation_line (conversation, words, at) select id, '您好', now() from conversation",
        ["follower_tag"] = "insert into follower_tag (openid, tag) values (@openid, '老年人')",
        ["survey_participation"] = "insert into survey_participation values (1, @token, @run, true)",
        ["survey_answer"] = "insert into survey_answer (survey, version, anonymous, token, run_id, answered_at, picks, numbers, texts) values (1, 1, false, @token, @run, now(), '{0}', '{null}', '{好}')",
        ["consultation_comment"] =
            "insert into consultation_comment (consultation, version, part, run_id, words, way, openid_hash, openid, made_at) values (1, 1, '', @run, '赞成', 'chat', @comment, 'x', now())",
        ["topic_subscription"] = "insert into topic_subscription values ('户籍', @openid, now())",
        ["policy_waiting"] = "insert into policy_waiting values ('q', @openid, now())",
        ["case_citizen"] = "insert into case_citizen values (1, @hash, 'x', true, @run, now())",
        ["case_photo"] = "insert into case_photo (run_id, openid_hash, openid, media_id, video, sent_at) values (@run, @hash, 'x', 'm', false, now())",
        ["case_draft"] = "insert into case_draft values (@draft, @run, @form, now())",
    };

    private static string Row => s_run.ToString("N");

    private static async Task<int> ShownAsync(ICitizenRecords[] parts)
    {
        var count = 0;
        foreach (var part in parts)
            count += (await part.ExportAsync(s_citizen, default)).Count(section => section.Rows.Count > 0);
        return count;
    }

    // What a row hangs on elsewhere does not matter here.
    private Task PlantAsync(string sql) => ExecuteAsync($"set session_replication_role = replica; {sql}; set session_replication_role = default", _parameters);
}
