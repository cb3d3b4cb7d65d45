using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Bot.Host.Content;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console;

[AllowAnonymous]
[EnableRateLimiting(SignInRate.Name)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInPage(SignInDesk desk, IOptions<BotOptions> bot) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "请填写账号")]
    [StringLength(64, ErrorMessage = "账号或密码不正确")]
    public string Account { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "请填写密码")]
    [StringLength(256, ErrorMessage = "账号或密码不正确")]
    public string Password { get; set; } = "";

    /// <summary>Demo mode: who may be tried out. Empty otherwise.</summary>
    public IReadOnlyList<NewStaff> Demo => bot.Value.Demo ? DemoStaff.People : [];

    public async Task<IActionResult> OnGetAsync(string? @as)
    {
        if (await StaffAuthentication.SessionOfAsync(HttpContext) is { } session)
            return Redirect(ConsoleRoutes.StageOf(session.Stage, Back));
        if (Demo.Count > 0)
            (Account, Password) = ((Demo.FirstOrDefault(d => d.Name == @as) ?? Demo[0]).Name, DemoStaff.Password);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        switch (await desk.TryAsync(Account.Trim().ToLowerInvariant(), Password, Request.Headers.UserAgent.ToString(), ct))
        {
            case SignInOutcome.Right right:
                StaffAuthentication.Give(HttpContext, right.Key);
                return Redirect(ConsoleRoutes.StageOf(SignInStage.Open, Back));
            case SignInOutcome.Resting resting:
                ModelState.AddModelError("", $"输错次数过多，请在 {Moments.Full(resting.Until)[^5..]} 之后再试。忘记密码请联系管理员重置。");
                return Page();
            default:
                ModelState.AddModelError("", "账号或密码不正确，请重新输入。");
                return Page();
        }
    }
}
