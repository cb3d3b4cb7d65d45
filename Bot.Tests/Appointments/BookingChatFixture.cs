using System.Globalization;
using System.Text.Json;
using Bot.Data;
using Bot.Data.Appointments;
using Bot.Data.Postgres;
using Bot.Handlers.Appointments;
using Bot.Handlers.Jobs;
using Bot.Handlers.Messages;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Appointments;

/// <summary>
/// Conversations about the two small halls, against the real database. Besides what <see cref="Chat"/> knows: <c>&gt;! fill 09:00</c> sells a slot of
/// tomorrow out, <c>&gt;! free</c> gives one of those places back, <c>&gt;! close</c> closes tomorrow, <c>&gt;! call</c> and <c>&gt;! finish</c> are the
/// counter's, <c>&gt;! jobs</c> runs what is due; each shows what the citizen is told by it. From <c>&gt;! notices</c> on it goes as a notice, with the same news and what its fields offer.
/// </summary>
public abstract class BookingChatFixture : HallFixture
{
    private static readonly string[] s_kinds = [IBookingCare.JobKind, IWaitlist.JobKind, IAppointmentSetup.HealJobKind, IBookingCare.BanJobKind, IVisits.ClosedJobKind, Bot.Data.Messages.IPrompts.JobKind];

    private int _others;
    private string _way = "sent";
    private long _told;

    internal Chat Chat { get; private set; } = null!;

    [SetUp]
    public void Talk()
    {
        (_others, _told, _way) = (100, 0, "sent");
        Chat = new(services =>
        {
            services.AddBotDatabase(One.ConnectionString).AddNotices(redis: false).AddLocalSessions().AddSingleton(One);
            services.AddSingleton(Stores.Plans);
        }, clock: Clock);
        Chat.Acts["fill"] = async args => { await FillAsync(At(args[0], args.ElementAtOrDefault(1) ?? "center")); return "(filled)"; };
        Chat.Acts["free"] = FreeAsync;
        Chat.Acts["close"] = CloseAsync;
        Chat.Acts["call"] = async _ => await TellsAsync(() => Chat.Get<ICounters>().CallNextAsync(At("09:00").Group, "1", Clerk, Chat.Get<VisitMessages>().Call, default));
        Chat.Acts["finish"] = async _ => await TellsAsync(async () => await Chat.Get<ICounters>().StepAsync(await AskAsync<long>("select max(id) from visit"), VisitStep.Finish,
            Clerk, v => Chat.Get<VisitMessages>().Step(v, VisitStep.Finish), default));
        Chat.Acts["jobs"] = async _ => await TellsAsync(() => Task.FromResult(0));
        Chat.Acts["notices"] = _ => { _way = "granted"; return Task.FromResult("(as notices)"); };
        Chat.Acts["now"] = args =>
        {
            Clock.SetUtcNow(new DateTimeOffset(DateTime.ParseExact($"{args[0]} {args[1]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8)));
            return Task.FromResult("(later)");
        };
    }

    internal Task PlaysAsync(string script) => Chat.PlaysAsync(script);

    internal const string ToSlots =
        """
        > 预约居住证
        【居住证申领】请选择办事大厅，回复数字（发送您的位置，可以把近的排在前面）：
        1. 市民中心
        2. 城东大厅
        > 1
        【市民中心】请选择日期，回复数字，或者直接说“明天”“下周三”“12月3号”：
        …
        > 1
        【明天(周二)11月24日】请选择时段，回复数字，或者直接说“上午”“下午3点”：
        …
        """;

    internal const string Answers =
        """
        > 王小明
        请输入办事人的18位身份证号：
        > 110101199001010015
        请输入手机号（11位）：
        > 13800138000
        请核对预约信息：
        …
        """;

    /// <summary>A booking of tomorrow at nine.</summary>
    internal const string Booked =
        $"""
        {ToSlots}
        > 1
        …
        {Answers}
        > 1
        预约成功！
        …
        """;

    internal async Task FillAsync(Place place)
    {
        while (await Stores.Bookings.BookAsync(Wish(place, ++_others), default) is BookingResult.Booked)
        {
        }
    }

    private async Task<string> FreeAsync(string[] args)
    {
        var place = At(args[0]);
        await using var connection = await One.OpenConnectionAsync();
        var (number, openid) = await connection.QueryFirstAsync<(string, string)>(
            "select number, openid from booking where day = @Day and start = @Start and openid like 'o1%' and status = 'booked'", new { place.Day, place.Start });
        return await TellsAsync(() => Stores.Bookings.CancelAsync(new(openid), number, default));
    }

    private Task<string> CloseAsync(string[] args) => TellsAsync(async () =>
    {
        await Stores.Setup.CloseAsync(new(0, "center", null, Tomorrow, Tomorrow, null, null, null, "设备检修"), Clerk, default);
        return 0;
    });

    /// <summary>What the citizen of the conversation is told by what happens.</summary>
    private async Task<string> TellsAsync<T>(Func<Task<T>> act)
    {
        await act();
        await RunJobsAsync();
        await using var connection = await One.OpenConnectionAsync();
        var told = (await connection.QueryAsync<(long Id, string Words, string Template, string Data, int Offered)>(
            "select id, words, template, data::text, cardinality(notice_choices) from citizen_message where openid = 'oTestCitizen' and id > @_told order by id", new { _told })).AsList();
        _told = told.Select(t => t.Id).Append(_told).Max();
        foreach (var (_, _, template, data, offered) in told.Where(t => t.Template.Length > 0))
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(data)!;
            Assert.That(values.Keys, Is.EquivalentTo(MessageKind.Find(template)!.Fields.Select(f => f.Name)), template);
            Assert.That(values.Values.Any(v => v.Contains("回复1", StringComparison.Ordinal)), Is.EqualTo(offered > 0), $"{template} tells its numbers");
            Assert.That(values.Values, Has.All.Length.LessThanOrEqualTo(20), template);
        }

        return told.Count == 0 ? "(nothing)" : string.Join('\n', told.Select(t => t.Words));
    }

    private async Task RunJobsAsync()
    {
        IJobHandler[] handlers =
        [
            ActivatorUtilities.CreateInstance<BookingCareJob>(Chat.Services), ActivatorUtilities.CreateInstance<WaitlistJob>(Chat.Services),
            ActivatorUtilities.CreateInstance<HealBookingJob>(Chat.Services), ActivatorUtilities.CreateInstance<PromptShower>(Chat.Services),
            ActivatorUtilities.CreateInstance<BanJob>(Chat.Services), ActivatorUtilities.CreateInstance<QueueClosedJob>(Chat.Services),
        ];
        await new PostgresJobs(One, null!, Clock).EnqueueAsync(BookingCareJob.Always, default);
        var now = Clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var connection = await One.OpenConnectionAsync();
            // Nothing stands in the way of any message here.
            await connection.ExecuteAsync("update citizen_message set status = @_way, told_at = @now where status = 'waiting'", new { _way, now });
            var job = (await connection.QueryAsync<(long Id, string Kind, string Key, string Data)>(
                "select id, kind, key, data::text from job where status = 'waiting' and due_at <= @now and kind = any(@s_kinds) order by due_at, id limit 1", new { now, s_kinds }))
                .FirstOrDefault();
            if (job.Id == 0)
                return;
            var outcome = await handlers.Single(h => h.Kind == job.Kind).RunAsync(new(job.Id, job.Kind, job.Key, job.Data, 1, Guid.NewGuid()), default);
            var again = outcome is JobOutcome.Again next ? next.At.UtcDateTime : (DateTime?)null;
            await connection.ExecuteAsync(
                "update job set due_at = coalesce(@again, due_at), status = case when @again is null then 'done' else 'waiting' end, finished_at = case when @again is null then now() end where id = @Id",
                new { again, job.Id });
        }
    }
}
