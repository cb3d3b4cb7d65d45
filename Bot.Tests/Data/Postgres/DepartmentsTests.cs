using Bot.Data.Postgres;
using Bot.Data.Staff;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class DepartmentsTests : StoreFixture
{
    private static readonly StaffMember s_admin = new(1, "admin", "管理员", [StaffRole.Administrator], null);

    private PostgresDepartments _departments = null!;

    [SetUp]
    public async Task Meet()
    {
        await ExecuteAsync("delete from department");
        _departments = new(One);
    }

    private static Department Named(string code, string name, string? parent = null) => new(code, name, parent, "", true);

    private Task<DepartmentSaved> AddAsync(string code, string name, string? parent = null) => _departments.AddAsync(Named(code, name, parent), s_admin, default);

    [Test]
    public async Task Those_in_use_come_first()
    {
        await AddAsync("b", "乙局");
        await AddAsync("a", "甲局");
        await _departments.ChangeAsync(new("a", "甲局", null, "12345", false), s_admin, default);
        Assert.That(await _departments.ListAsync(default), Is.EqualTo(new Department[] { new("b", "乙局", null, "", true), new("a", "甲局", null, "12345", false) }));
    }

    [Test]
    public async Task Codes_and_names_are_their_own()
    {
        Assert.That(await AddAsync("a", "甲局"), Is.EqualTo(DepartmentSaved.Saved));
        Assert.That(await AddAsync("a", "乙局"), Is.EqualTo(DepartmentSaved.CodeTaken));
        Assert.That(await AddAsync("b", "甲局"), Is.EqualTo(DepartmentSaved.NameTaken));
        Assert.That(await AddAsync("c", "丙局", "none"), Is.EqualTo(DepartmentSaved.WrongParent));
        Assert.That(await _departments.ChangeAsync(Named("z", "无此局"), s_admin, default), Is.EqualTo(DepartmentSaved.Unknown));
    }

    [Test]
    public async Task Nobody_is_above_themselves()
    {
        await AddAsync("a", "甲局");
        await AddAsync("b", "乙科", "a");
        await AddAsync("c", "丙组", "b");
        Assert.That(await _departments.ChangeAsync(Named("a", "甲局", "c"), s_admin, default), Is.EqualTo(DepartmentSaved.WrongParent));
        Assert.That(await _departments.ChangeAsync(Named("a", "甲局", "a"), s_admin, default), Is.EqualTo(DepartmentSaved.WrongParent));
        Assert.That(await _departments.ChangeAsync(Named("c", "丙组", "a"), s_admin, default), Is.EqualTo(DepartmentSaved.Saved));
    }

    [Test]
    public async Task A_save_is_audited_and_a_refusal_is_not()
    {
        var before = await AskAsync<long>("select count(*) from audit_entry");
        await AddAsync("a", "甲局");
        await AddAsync("a", "乙局");
        Assert.That(await AskAsync<long>("select count(*) from audit_entry"), Is.EqualTo(before + 1));
    }
}
