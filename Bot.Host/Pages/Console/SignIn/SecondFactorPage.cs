using System.ComponentModel.DataAnnotations;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>Sets the second factor up: picture, first code, recovery codes.</summary>
public sealed class SecondFactorPage(SecondFactor factor, IStaffSessions sessions, SignInDesk desk, IAuditLog audit) : GatePage
{
    protected override SignInStage Stage => SignInStage.NeedsSecondFactor;

    [BindProperty]
    [StringLength(2000)]
    public string Proposal { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "请填写验证码")]
    [StringLength(20, ErrorMessage = "验证码不正确")]
    public string Code { get; set; } = "";

    public Enrolment? Enrolment { get; private set; }

    /// <summary>Shown once; null before.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public void OnGet() => Propose();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Enrolment = factor.Read(Proposal, Session.Member);
        if (Enrolment is null)
        {
            ModelState.AddModelError(nameof(Code), "页面放置太久，请重新扫码。");
            Propose();
            return Page();
        }

        if (!ModelState.IsValid)
            return Page();
        RecoveryCodes = await factor.EnrolAsync(Session.Member, Enrolment, Code, ct);
        if (RecoveryCodes is null)
        {
            ModelState.AddModelError(nameof(Code), "验证码不正确。请确认手机时间准确，再输入当前显示的 6 位数字。");
            return Page();
        }

        await OidcBinding.CompleteAsync(HttpContext, desk, Session.Member, ct);
        await audit.WriteAsync(new(Session.Member.Name, "staff.enrol_second_factor", "staff", Session.Member.Name), ct);
        await sessions.VerifyAsync(Session.Id, ct);
        await desk.WelcomeAsync(Session.Member, SignInPlaces.Of(HttpContext), ct);
        return Page();
    }

    private void Propose()
    {
        Proposal = factor.Propose();
        ModelState.Remove(nameof(Proposal));
        Enrolment = factor.Read(Proposal, Session.Member);
    }
}
