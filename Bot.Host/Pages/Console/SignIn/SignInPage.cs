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
public sealed class SignInPage(SignInDesk desk, IOptions<BotOptions> bot, OidcOptions oidc) : PageModel
{
    /// <summary>Why somebody comes back from the provider.</summary>
    internal const string Stranger = "stranger", Broken = "broken", Unbound = "unbound";

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

    /// <summary>What the office's own provider is called; null: there is none.</summary>
    public string? Provider => oidc.IsOn ? oidc.Label : null;

    public string ProviderPath => Back is null ? OidcSignIn.Path : $"{OidcSignIn.Path}?back={Uri.EscapeDataString(Back)}";

    /// <summary>Demo mode: who may be tried out. Empty otherwise.</summary>
    public IReadOnlyList<NewStaff> Demo => bot.Value.Demo ? DemoStaff.People : [];

    /// <summary>They were signed in, and sat idle too long or were signed out elsewhere.</summary>
    public bool Lapsed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? @as, string? problem)
    {
        Lapsed = await StaffAuthentication.IsLapsedAsync(HttpContext);
        if (await StaffAuthentication.SessionOfAsync(HttpContext) is { } session)
            return Redirect(ConsoleRoutes.StageOf(session.Stage, Back));
        if (Demo.Count > 0)
            (Account, Password) = ((Demo.FirstOrDefault(d => d.Name == @as) ?? Demo[0]).Name, DemoStaff.Password);
        if (oidc.IsOn && problem is Unbound)
            ModelState.AddModelError("", $"第一次用{oidc.Label}登录：请输入一次管理台的账号和密码，确认账号是您的；以后直接用{oidc.Label}登录。");
        if (oidc.IsOn && problem is Stranger or Broken)
        {
            ModelState.AddModelError("", problem is Stranger
                ? $"您在{oidc.Label}的账号还没有开通管理台，或者已经停用，请联系管理员。" : $"{oidc.Label}认证没有完成，请再试一次，或者用账号和密码登录。");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        var account = Account.Trim().ToLowerInvariant();
        switch (await desk.TryAsync(account, Password, SignInPlaces.Of(HttpContext), OidcBinding.Read(HttpContext, account), ct))
        {
            case SignInOutcome.Right right:
                StaffAuthentication.Give(HttpContext, right.Key);
                OidcSignOut.Forget(HttpContext);
                // Kept for the second factor, behind which it counts; that of another account is not.
                if (OidcBinding.Read(HttpContext, account) is null)
                    OidcBinding.Forget(HttpContext);
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
