using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console;

/// <summary>Checks a name and a password.</summary>
public sealed class SignInDesk(
    IStaffSignIn people, ISignInBrake brake, IStaffSessions sessions, IPasswordHasher<StaffMember> hasher, IAuditLog audit, IOptions<BotOptions> bot)
{
    private static readonly StaffMember s_nobody = new(0, "", "", [], null);

    // So that a name that nobody has takes as long as one that somebody has.
    private readonly string _noPassword = hasher.HashPassword(s_nobody, Guid.NewGuid().ToString());

    /// <param name="vouched">Who they are at the office's own provider, when they come from there for the first time; else null.</param>
    public async Task<SignInOutcome> TryAsync(string name, string password, SignInPlace place, string? vouched, CancellationToken ct)
    {
        var found = await people.FindAsync(name, ct);
        var begun = await brake.BeginAsync(name, place, ct);
        if (begun.RestsUntil is { } rest)
            return new SignInOutcome.Resting(rest);
        var right = hasher.VerifyHashedPassword(found?.Member ?? s_nobody, found?.PasswordHash ?? _noPassword, password) is not PasswordVerificationResult.Failed;
        // One count and one answer, whatever is wrong: nothing tells a name that nobody has from one that somebody has, or had.
        if (found is null || !right || !found.Active || (found.Demo && !bot.Value.Demo))
        {
            return await brake.WrongAsync(begun, found is null ? null : "staff.sign_in_refused", ct) is { } later
                ? new SignInOutcome.Resting(later) : new SignInOutcome.Wrong();
        }

        await brake.RightAsync(begun, ct);
        if (found.Demo)
            await BindAsync(found.Member, vouched, ct);

        // Before a second factor is right nothing is forgotten: its codes are guessed on the same count.
        if (found.Demo)
            await WelcomeAsync(found.Member, place, ct);
        return new SignInOutcome.Right(await sessions.BeginAsync(found.Member.Id, place.Browser, verified: found.Demo, ct));
    }

    /// <summary>The office's own provider vouches for somebody. A name alone gives nobody an account: at many providers people choose theirs.</summary>
    /// <param name="secondFactor">Whether it has asked for one, too.</param>
    public async Task<Vouched> VouchedAsync(string name, string subject, SignInPlace place, bool secondFactor, CancellationToken ct)
    {
        if (await people.FindAsync(name, ct) is not { } found)
            return new Vouched.Stranger();
        var bound = await people.BoundToAsync(found.Member.Id, ct);
        if (!found.Active || (found.Demo && !bot.Value.Demo) || bound is not null && bound != subject)
        {
            await audit.WriteAsync(new(name, "staff.sign_in_refused", "staff", name), ct);
            return new Vouched.Stranger();
        }

        if (bound is null)
            return new Vouched.Unbound();
        var verified = found.Demo || secondFactor;
        if (verified)
            await WelcomeAsync(found.Member, place, ct);
        return new Vouched.Known(await sessions.BeginAsync(found.Member.Id, place.Browser, verified, ct));
    }

    /// <summary>Who they are at the provider, from now on. Only for who has shown all that we ask for: a password alone may be stolen, and would bind the thief.</summary>
    /// <param name="vouched">Null: they did not come from there.</param>
    public async Task BindAsync(StaffMember member, string? vouched, CancellationToken ct)
    {
        if (vouched is not null && await people.BindAsync(member.Id, vouched, ct))
            await audit.WriteAsync(new(member.Name, "staff.bind_provider", "staff", member.Name), ct);
    }

    /// <summary>Somebody is in.</summary>
    public async Task WelcomeAsync(StaffMember member, SignInPlace place, CancellationToken ct)
    {
        await brake.WelcomeAsync(member.Name, place, ct);
        await people.SucceededAsync(member.Id, ct);
        await audit.WriteAsync(new(member.Name, "staff.sign_in", "staff", member.Name), ct);
    }
}

public abstract record Vouched
{
    /// <param name="Key">For the cookie.</param>
    public sealed record Known(string Key) : Vouched;

    /// <summary>The first time: they prove once, by their password here, that the account is theirs.</summary>
    public sealed record Unbound : Vouched;

    /// <summary>No account here, or another's.</summary>
    public sealed record Stranger : Vouched;
}

public abstract record SignInOutcome
{
    /// <param name="Key">For the cookie; perhaps a second factor is still to come.</param>
    public sealed record Right(string Key) : SignInOutcome;

    /// <summary>Name or password: which, is not told.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many attempts.</summary>
    public sealed record Resting(DateTimeOffset Until) : SignInOutcome;
}
