using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>我的账号: password, second factor, signed-in browsers.</summary>
[StaffOnly]
public sealed class MePage(
    IStaff staff, IStaffSignIn signIn, ISignInBrake brake, IStaffSessions sessions, IPasswordHasher<StaffMember> hasher, ConsoleOptions options) : ConsolePage
{
    public const string Path = "/console/me";

    public override string Title => "我的账号";

    public StaffRecord Record { get; private set; } = null!;

    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    public int RecoveryCodesLeft { get; private set; }

    public long Here => MySession;

    [BindProperty]
    [StringLength(256)]
    public string? Current { get; set; }

    /// <summary>The password, before the second factor is taken away.</summary>
    [BindProperty]
    [StringLength(256)]
    public string? Proof { get; set; }

    [BindProperty]
    [StringLength(256)]
    public string? Password { get; set; }

    [BindProperty]
    [StringLength(256)]
    public string? Again { get; set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var known = await signIn.FindAsync(Me.Id, ct);
        if (Record.Demo)
            return Refuse("演示账号的密码固定不变。");
        if (await WrongAsync(known, Current, ct) is { } wrong)
            ModelState.AddModelError(nameof(Current), wrong);
        else if (PasswordRules.Fault(Password ?? "", Me.Name) is { } fault)
            ModelState.AddModelError(nameof(Password), fault);
        else if (Password == Current)
            ModelState.AddModelError(nameof(Password), "新密码与现在的相同");
        else if (Password != Again)
            ModelState.AddModelError(nameof(Again), "两次填写的不一样");
        if (!ModelState.IsValid)
            return Page();
        await staff.SetPasswordAsync(Me.Id, hasher.HashPassword(Me, Password!), temporary: false, MySession, Me.Name, ct);
        return GoTo(Path, "密码已修改，其他设备上的登录已退出");
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken ct)
    {
        var ended = await sessions.EndAllAsync(Me.Id, MySession, Me.Name, ct);
        return GoTo(Path, ended == 0 ? "没有其他登录" : $"已退出其他 {ended} 处登录");
    }

    /// <summary>A desk that somebody left open does not lose its second factor.</summary>
    public async Task<IActionResult> OnPostFactorAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (await WrongAsync(await signIn.FindAsync(Me.Id, ct), Proof, ct) is { } wrong)
            return Refuse(wrong, nameof(Proof));
        await staff.ResetSecondFactorAsync(Me.Id, Me.Name, ct);
        return GoTo(ConsoleRoutes.SignIn);
    }

    // Guesses are counted as at the sign-in page.
    private async Task<string?> WrongAsync(StaffCredentials? known, string? password, CancellationToken ct)
    {
        var place = SignInPlaces.Of(HttpContext);
        var begun = await brake.BeginAsync(Me.Name, place, ct);
        if (begun.RestsUntil is { } rest)
            return $"输错次数过多，请在 {Moments.Full(rest)[^5..]} 之后再试";
        if (known is not null && hasher.VerifyHashedPassword(Me, known.PasswordHash, password ?? "") is not PasswordVerificationResult.Failed)
        {
            await brake.RightAsync(begun, ct);
            return null;
        }

        await brake.WrongAsync(begun, "staff.password_refused", ct);
        return "现在的密码不正确";
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Record = (await staff.FindAsync(Me.Id, ct))!;
        Sessions = await sessions.ListAsync(Me.Id, TimeSpan.FromMinutes(options.IdleMinutes), ct);
        RecoveryCodesLeft = (await signIn.FindAsync(Me.Id, ct))?.RecoveryCodesLeft ?? 0;
    }
}
