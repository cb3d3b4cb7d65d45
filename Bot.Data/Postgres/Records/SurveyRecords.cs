using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Which surveys a citizen answered, found by the token that only we can make of them; and what they answered, where it is not anonymous.</summary>
internal sealed class SurveyRecords(NpgsqlDataSource db, IFieldCiphers ciphers) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["survey_participation", "survey_answer"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct)
    {
        var parameters = new { tokens = await TokensAsync(citizen, ct) };
        return
        [
            await db.SectionAsync("参加过的匿名问卷",
                """
                select s.title as "问卷" from survey_participation p join survey s on s.id = p.survey where p.token = any(@tokens) order by s.id
                """, parameters, ct),
            await db.SectionAsync("您对问卷的回答",
                """
                select s.title as "问卷", a.answered_at as "时间", string_agg(
                    (v.questions -> (q - 1) ->> 'text') || '：' || coalesce(a.texts[q], trim_scale(a.numbers[q])::text,
                        (select string_agg(v.questions -> (q - 1) -> 'options' ->> o, '、' order by o) from generate_series(0, 19) o where a.picks[q] >> o & 1 = 1)),
                    '；' order by q) as "回答"
                from survey_answer a
                join survey s on s.id = a.survey
                join survey_version v on v.survey = a.survey and v.version = a.version
                cross join generate_subscripts(a.picks, 1) q
                where a.token = any(@tokens)
                group by s.id, a.id
                """, parameters, ct),
        ];
    }

    // Who answered an anonymous survey that still runs could answer it again, were the token gone; it goes when the survey ends.
    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct) =>
        await db.EraseAsync("delete from survey_answer where token = any(@tokens)", new { tokens = await TokensAsync(citizen, ct) }, ct);

    private async Task<byte[][]> TokensAsync(OpenId citizen, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        var surveys = await db.ReadAsync("select id from survey where version > 0", new { }, r => r.GetInt64(0), ct);
        return [.. surveys.Select(id => SurveySql.Token(cipher, id, citizen))];
    }
}
