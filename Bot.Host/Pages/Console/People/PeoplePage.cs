using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>用户与权限: who works here.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class PeoplePage(IStaff staff, IDepartments departments) : ConsolePage
{
    public const string Path = "/console/people";
    private const int Size = 30;

    public override string Title => "用户与权限";

    public override string Lead => "谁能登录管理台，能看什么、做什么";

    [BindProperty(SupportsGet = true)]
    [StringLength(40)]
    public string? Q { get; set; }

    /// <summary>As stored.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(32)]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    [Range(1, 1000)]
    public int Number { get; set; } = 1;

    public StaffPage People { get; private set; } = new([], 0);

    public Slice List { get; private set; } = null!;

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Departments = await departments.ListAsync(ct);
        if (ModelState.IsValid)
        {
            People = await staff.ListAsync(
                new((Q ?? "").Trim(), StaffRoles.Read(Role ?? ""), string.IsNullOrEmpty(Department) ? null : Department, null, Number, Size), ct);
        }

        List = Slice.Of(Request, Number, Size, People.Total);
    }
}
