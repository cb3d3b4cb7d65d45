using System.Data.Common;
using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres.Records;

/// <summary>Appointments and visits. A booking still to come is cancelled with the erasure; what is over keeps its day and place, and nobody's name.</summary>
internal sealed class BookingRecords(NpgsqlDataSource db, IFieldCiphers ciphers, IBookings bookings, BookingMoves moves, IWaitlist waitlist) : ICitizenRecords
{
    public IReadOnlyList<string> Tables => ["booking", "booking_hold", "booking_ban", "waitlist", "visitor", "person_asked", "citizen_place", "visit", "visit_rating"];

    public async Task<IReadOnlyList<RecordSection>> ExportAsync(OpenId citizen, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return
        [
            await db.SectionAsync("预约",
                """
                select b.number as "预约号", s.name as "事项", h.name as "大厅", b.day as "日期", b.start::text as "时间", b.status as "状态", b.name as "办事人",
                    b.id_number as "身份证号", b.phone as "手机号", case when b.family then '是' end as "为家人预约",
                    case b.claim when 'disabled' then '残疾人' when 'soldier' then '军人、退役军人' end as "优先事由", replace(b.run_id::text, '-', '') as _row
                from booking b join service_item s on s.code = b.service join counter_group g on g.id = b.counter_group join branch h on h.code = g.branch
                where b.openid = @Value order by b.starts_at
                """, new { citizen.Value }, ct, (name, row, value) => Open(cipher, "booking", name, row, value)),
            await db.SectionAsync("常用办事人",
                """
                select name as "办事人", id_number as "身份证号", phone as "手机号", family as "家人", agreed_at as "同意时间", replace(id::text, '-', '') as _row
                from visitor where openid = @Value order by agreed_at
                """, new { citizen.Value }, ct, (name, row, value) => Open(cipher, "visitor", name, row, value)),
            await db.SectionAsync("候补登记",
                """
                select s.name as "事项", w.day as "日期", w.start::text as "时间", w.status as "状态", w.details as "登记内容", replace(w.run_id::text, '-', '') as _row
                from waitlist w join service_item s on s.code = w.service where w.openid = @Value order by w.id
                """, new { citizen.Value }, ct,
                (_, row, value) => JsonSerializer.Deserialize<Visitor>(cipher.Open("waitlist.details", RowOf(row), value)) is { } v ? $"{v.Name} {v.IdNumber} {v.Phone}" : ""),
            await db.SectionAsync("正在填写的预约", "select day as \"日期\", start::text as \"时间\" from booking_hold where openid = @Value", new { citizen.Value }, ct),
            await db.SectionAsync("到厅办理",
                """
                select v.came_at as "到达时间", v.ticket as "号码", v.status as "状态", r.level as "评价（5为最满意）", r.words as "评价内容", r.rated_at as "评价时间"
                from visit v left join visit_rating r on r.visit = v.id where v.openid = @Value order by v.id
                """, new { citizen.Value }, ct),
            await db.SectionAsync("爽约限制", "select since as \"开始\", until as \"结束\", appeal as \"申诉\", answer as \"答复\" from booking_ban where openid = @Value or appeal_openid = @Value order by id", new { citizen.Value }, ct),
            await db.SectionAsync("今天查询过的办事人", "select day as \"日期\", count(*) as \"人数\" from person_asked where openid = @Value group by day order by day", new { citizen.Value }, ct),
            await db.SectionAsync("最近的位置", "select latitude as \"纬度\", longitude as \"经度\", told_at as \"时间\" from citizen_place where openid = @Value", new { citizen.Value }, ct),
        ];
    }

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        foreach (var booking in await bookings.OpenAsync(citizen, ct))
            await moves.CancelAsync(citizen, booking.Number, anyTime: true, null, ct);
        foreach (var wait in await waitlist.OpenAsync(citizen, ct))
            await waitlist.DeclineAsync(citizen, wait.Id, ct);
        // The keyed hash of a ban stays until the ban is over: else whoever was banned would only have to ask for erasure.
        return await db.EraseAsync(
            $"update booking set {BookingSql.Nobodys} where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("update booking_ban set openid = '', appeal = null, appealed_at = null, answer = null where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("update booking_ban set appeal_openid = '', appeal = null, appealed_at = null, answer = null where appeal_openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("delete from waitlist where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("delete from visitor where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("delete from booking_hold where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("delete from person_asked where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("delete from citizen_place where openid = @Value", new { citizen.Value }, ct)
            + await db.EraseAsync("update visit_rating set words = '' where visit in (select id from visit where openid = @Value) and words <> ''", new { citizen.Value }, ct)
            + await db.EraseAsync("update visit set openid = '' where openid = @Value", new { citizen.Value }, ct);
    }

    private static string Open(FieldCipher cipher, string table, string name, DbDataReader row, byte[] value)
    {
        var column = name switch { "办事人" => "name", "身份证号" => "id_number", _ => "phone" };
        return value.Length == 0 ? "" : cipher.Open($"{table}.{column}", RowOf(row), value);
    }

    private static string RowOf(DbDataReader row) => row.GetString(row.GetOrdinal("_row"));
}
