using Bot.Data.Staff;
using Microsoft.AspNetCore.Identity;

namespace Bot.Host.Content;

/// <summary>Departments and people to try the console with. Their password is known to everybody, so they sign in in demo mode only.</summary>
internal sealed class DemoStaff(IDepartments departments, IStaff staff, IPasswordHasher<StaffMember> hasher) : IDemoPart
{
    public const string Password = "demo-binhai-2026";
    private const string By = "system:demo";
    private static readonly StaffMember s_by = new(0, By, By, [], null);

    public static IReadOnlyList<Department> Departments { get; } =
    [
        new("center", "市政务服务中心", null, "12345", true),
        new("gongan", "市公安局", null, "", true),
        new("renshe", "市人力资源和社会保障局", null, "", true),
        new("zhujian", "市住房和城乡建设局", null, "", true),
        new("shichang", "市市场监督管理局", null, "", true),
        new("chengguan", "市城市管理局", null, "", true),
        new("jiaotong", "市交通运输局", null, "", true),
        new("jiaoyu", "市教育局", null, "", true),
        new("weijian", "市卫生健康委员会", null, "", true),
        new("yibao", "市医疗保障局", null, "", true),
        new("huanjing", "市生态环境局", null, "", true),
        new("minzheng", "市民政局", null, "", true),
    ];

    /// <summary>The first one stands filled in on the sign-in page.</summary>
    public static IReadOnlyList<NewStaff> People { get; } =
    [
        new("admin", "王海", [.. StaffRoles.All], "center", true, true),
        new("shouli", "李敏", [StaffRole.Agent], "center", true, true),
        new("chengguan", "赵强", [StaffRole.Officer], "chengguan", true, true),
        new("chengguan2", "何伟", [StaffRole.Officer], "chengguan", true, true),
        new("renshe", "陈静", [StaffRole.Officer], "renshe", true, true),
        new("renshe2", "徐敏", [StaffRole.Officer], "renshe", true, true),
        new("zhidan", "刘洋", [StaffRole.NoticeMaker], "center", true, true),
        new("shenhe", "孙丽", [StaffRole.NoticeApprover], "center", true, true),
        new("bianji", "周婷", [StaffRole.Editor], "center", true, true),
        new("chuangkou", "吴军", [StaffRole.Counter], "center", true, true),
        new("shenji", "郑华", [StaffRole.Auditor], null, true, true),
    ];

    /// <summary>Fills an installation where nobody works yet.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await staff.ListAsync(new("", null, null, null, 1, 1), ct)).Total > 0)
            return;
        foreach (var department in Departments)
            await departments.AddAsync(department, s_by, ct);
        foreach (var person in People)
            await staff.AddAsync(person, hasher.HashPassword(s_by, Password), By, ct);
    }
}
