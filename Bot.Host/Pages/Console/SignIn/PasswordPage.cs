using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>A password of one's own in place of the one that an administrator gave.</summary>
public sealed class PasswordPage(IStaff staff, IPasswordHasher<StaffMember> hasher) : GatePage
{
    protected override SignInStage Stage => SignInStage.NeedsPassword;

    [BindProperty]
    [Required(ErrorMessage = "请填写新密码")]
    [StringLength(256, ErrorMessage = "密码太长")]
    public string Password { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "请再填一次新密码")]
    [Compare(nameof(Password), ErrorMessage = "两次填写的不一样")]
    public string Again { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid && PasswordRules.Fault(Password, Session.Member.Name) is { } fault)
            ModelState.AddModelError(nameof(Password), fault);
        if (!ModelState.IsValid)
            return Page();
        await staff.SetPasswordAsync(Session.Member.Id, hasher.HashPassword(Session.Member, Password), temporary: false, Session.Id, Session.Member.Name, ct);
        return Onward();
    }
}
