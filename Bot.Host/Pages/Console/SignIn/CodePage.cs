using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Console;

[EnableRateLimiting(SignInRate.Name)]
public sealed class CodePage(IStaffSignIn people, ISignInBrake brake, IStaffSessions sessions, SecondFactor factor, SignInDesk desk) : GatePage
{
    protected override SignInStage Stage => SignInStage.NeedsCode;

    [BindProperty]
    [Required(ErrorMessage = "请填写验证码")]
    [StringLength(20, ErrorMessage = "验证码不正确")]
    public string Code { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        var place = SignInPlaces.Of(HttpContext);
        var person = await people.FindAsync(Session.Member.Id, ct);
        var begun = await brake.BeginAsync(Session.Member.Name, place, ct);
        if (begun.RestsUntil is not null)
            return Wrong("输错次数过多，请稍后再试。");
        if (person is null || !await factor.IsRightAsync(person, Code, ct))
        {
            await brake.WrongAsync(begun, "staff.code_refused", ct);
            return Wrong("验证码不正确，或者已经用过。请等手机上出现下一个验证码再输入。");
        }

        await brake.RightAsync(begun, ct);
        await OidcBinding.CompleteAsync(HttpContext, desk, Session.Member, ct);
        await sessions.VerifyAsync(Session.Id, ct);
        await desk.WelcomeAsync(Session.Member, place, ct);
        return Onward();
    }

    private IActionResult Wrong(string problem)
    {
        ModelState.AddModelError(nameof(Code), problem);
        return Page();
    }
}
