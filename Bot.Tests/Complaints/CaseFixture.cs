using Bot.Data;
using Bot.Data.Cases;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Bot.Handlers.Complaints;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>Conversations and desks over real PostgreSQL: a migrated database of the fixture's own, with departments, staff and categories.</summary>
public abstract class CaseFixture
{
    protected static readonly OpenId Citizen = new("oTestCitizen");

    protected static readonly StaffMember Centre = new(1, "desk", "受理员小陈", [StaffRole.Agent], null);
    protected static readonly StaffMember Second = new(2, "desk2", "受理员小周", [StaffRole.Agent], null);
    protected static readonly StaffMember Officer = new(3, "zhao", "赵科员", [StaffRole.Officer], "urban");
    protected static readonly StaffMember Colleague = new(4, "qian", "钱科员", [StaffRole.Officer], "urban");
    protected static readonly StaffMember Stranger = new(5, "sun", "孙科员", [StaffRole.Officer], "market");

    private TestDatabase _database = null!;

    internal Chat Chat { get; private set; } = null!;

    internal FakeMedia Media { get; private set; } = null!;

    protected string ConnectionString => _database.ConnectionString;

    protected ICases Cases => Chat.Get<ICases>();

    protected ICaseDesk Desk => Chat.Get<ICaseDesk>();

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = await TestDatabase.CreateAsync();
        await ExecuteAsync(
            """
            insert into department (code, name) values ('urban', '市城市管理局'), ('market', '市市场监督管理局');
            insert into case_category (code, kind, name, department, answer_days, questions, keywords, needs_approval, sort) values
                ('street-light', 'complaint', '路灯照明', 'urban', 5, '[]', '{路灯}', false, 10),
                ('noise', 'complaint', '噪声扰民', 'urban', 13, '[{"prompt":"噪声主要在什么时段？","options":["白天","夜间"]}]', '{噪声}', false, 20),
                ('wages', 'complaint', '拖欠工资', 'market', 13, '[]', '{工资}', true, 30),
                ('food-safety', 'report', '食品安全违法', 'market', 13, '[{"prompt":"被举报单位的名称是什么？","options":[]}]', '{食品}', false, 10),
                ('ask-service', 'enquiry', '办事咨询', null, 3, '[]', '{}', false, 10)
            """);
        foreach (var staff in (StaffMember[])[Centre, Second, Officer, Colleague, Stranger])
        {
            await ExecuteAsync("insert into staff (name, display_name, password_hash, roles, department) values (@Name, @DisplayName, 'x', @roles, @Department)",
                new { staff.Name, staff.DisplayName, roles = staff.Roles.Select(r => r.Stored).ToArray(), staff.Department });
        }
    }

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();

    [SetUp]
    public async Task Begin()
    {
        await ExecuteAsync("truncate case_file, case_citizen, case_event, case_photo, case_draft, case_call, job, citizen_message, public_number, consent cascade");
        Chat = await NewChatAsync();
    }

    /// <summary>Another host with an empty session, as after the loss of Redis.</summary>
    internal async Task<Chat> NewChatAsync()
    {
        Media = new();
        Chat chat = new(services =>
        {
            services.AddBotDatabase(_database.ConnectionString).AddNotices(redis: false).AddLocalSessions();
            services.AddSingleton<IMedia>(Media);
        });
        chat.Get<CaseCatalogue>().Replace(
            await chat.Get<ICaseCategories>().AllAsync(default), await chat.Get<ICaseCategories>().DepartmentsAsync(default));
        return chat;
    }

    protected Task PlaysAsync(string script) => Chat.PlaysAsync(script);

    protected async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    protected async Task<T?> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    protected async Task<List<string>> WordsAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("select words from citizen_message order by id")).AsList();
    }

    protected static NewCase Filing(Guid? run = null, string citizen = "oTestCitizen", string category = "street-light", CaseKind kind = CaseKind.Complaint,
        string story = "人民路路灯不亮，晚上看不见路", double? latitude = null, double? longitude = null, bool publish = false) =>
        new(run ?? Guid.NewGuid(), new OpenId(citizen), kind, category, story, [], latitude, longitude, "", false, "张女士 13800138000", publish);

    /// <summary>As the console does, on the newest state.</summary>
    protected async Task<CaseFile> DoAsync(string number, StaffMember by, CaseAct act) =>
        await Desk.ActAsync(number, (await Desk.FindAsync(number, by, default))!.File.Version, by, act, default) switch
        {
            CaseOutcome.Changed changed => changed.After,
            CaseOutcome.Refused refused => throw new AssertionException($"{act.Name} was refused: {refused.Why}"),
            _ => throw new AssertionException("?"),
        };

    protected async Task<CaseFile> AnsweredAsync(CaseFile filed, string reply = "灯头已更换，路灯恢复照明。")
    {
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        await DoAsync(filed.Number, Officer, new CaseAct.Take());
        return await DoAsync(filed.Number, Officer, new CaseAct.Reply(reply));
    }

    /// <summary>Runs the photo jobs that are due.</summary>
    internal async Task FetchPhotosAsync()
    {
        var (jobs, fetcher) = (Chat.Get<IJobs>(), new CasePhotoFetcher(Chat.Get<ICasePhotos>(), Media, Chat.Clock, NullLogger<CasePhotoFetcher>.Instance));
        foreach (var job in await jobs.ClaimAsync([fetcher.Kind], 20, TimeSpan.FromMinutes(1), default))
        {
            switch (await fetcher.RunAsync(job, default))
            {
                case Bot.Handlers.Jobs.JobOutcome.Again again:
                    await jobs.AgainAsync(job, again.At, null, default);
                    break;
                default:
                    await jobs.DoneAsync(job, default);
                    break;
            }
        }
    }
}

/// <summary>Files as the platform keeps them.</summary>
internal sealed class FakeMedia : IMedia
{
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Set: every call fails so.</summary>
    public ApiError? Fault { get; set; }

    public async Task<ApiResult<MediaReceived>> DownloadAsync(string mediaId, Stream destination, long maxBytes, CancellationToken ct)
    {
        if (Fault is { } fault)
            return fault;
        if (!Files.TryGetValue(mediaId, out var bytes))
            return new ApiError(40007, "invalid media_id", null, ErrorClass.FixRequest);
        if (bytes.Length > maxBytes)
            return new ApiError(45001, "too large", null, ErrorClass.FixRequest);
        await destination.WriteAsync(bytes, ct);
        return new MediaReceived("image/jpeg", null, bytes.Length);
    }

    public Task<ApiResult<string>> UploadAsync(MediaKind kind, MediaFile file, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<PermanentMedia>> AddPermanentAsync(MediaKind kind, MediaFile file, VideoText? video, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<string>> UploadArticlePictureAsync(MediaFile file, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiResult<Done>> DeletePermanentAsync(string mediaId, CancellationToken ct) => throw new NotSupportedException();
}
