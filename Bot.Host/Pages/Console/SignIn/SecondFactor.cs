using System.Security.Cryptography;
using System.Text;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers.Desk;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace Bot.Host.Pages.Console;

/// <summary>Codes from an authenticator app: 6 digits, 30 s each, one step of clock error either way (RFC 6238).</summary>
public sealed class SecondFactor(IStaffSignIn people, IFieldCiphers ciphers, IDataProtectionProvider protection, AccountProfile account, TimeProvider clock)
{
    private const string Field = "staff.totp_secret";
    private const int SecretBytes = 20;
    private const int RecoveryCodes = 10;
    private const string RecoveryLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";        // none that look alike
    private static readonly VerificationWindow s_window = new(previous: 1, future: 1);

    private readonly ITimeLimitedDataProtector _inForm = protection.CreateProtector("staff.totp.form").ToTimeLimitedDataProtector();

    /// <summary>A secret that is not theirs yet: it travels in the form until a code proves that the phone has it.</summary>
    public string Propose() => _inForm.Protect(Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes)), TimeSpan.FromMinutes(20));

    /// <returns>Null when the form lay too long or was not ours.</returns>
    public Enrolment? Read(string proposal, StaffMember member)
    {
        try
        {
            var secret = Convert.FromHexString(_inForm.Unprotect(proposal));
            var text = Base32Encoding.ToString(secret);
            var label = Uri.EscapeDataString($"{account.Name}:{member.Name}");
            var address = $"otpauth://totp/{label}?secret={text}&issuer={Uri.EscapeDataString(account.Name)}&digits=6&period=30";
            using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
            using PngByteQRCode picture = new(data);
            return new(secret, string.Join(' ', text.Chunk(4).Select(part => new string(part))), $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(6, drawQuietZones: true))}");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>Recovery codes to show once; null when the code does not fit.</returns>
    public async Task<IReadOnlyList<string>?> EnrolAsync(StaffMember member, Enrolment enrolment, string code, CancellationToken ct)
    {
        if (StepOf(enrolment.Secret, code) is not { } step)
            return null;
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryLetters, 10))];
        var cipher = await ciphers.GetAsync(ct);
        await people.EnrolAsync(member.Id, cipher.Seal(Field, member.Name, Convert.ToHexString(enrolment.Secret)), step, codes, ct);
        return codes;
    }

    /// <summary>A code from the phone, or a recovery code.</summary>
    public async Task<bool> IsRightAsync(StaffCredentials person, string code, CancellationToken ct)
    {
        var plain = new StringBuilder(code.Length);
        foreach (var letter in code.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit))
            plain.Append(char.ToUpperInvariant(letter));
        if (plain.Length == 10)
            return await people.UseRecoveryCodeAsync(person.Member.Id, plain.ToString(), ct);
        if (person.SecondFactor is not { } stored)
            return false;
        var secret = Convert.FromHexString((await ciphers.GetAsync(ct)).Open(Field, person.Member.Name, stored));
        return StepOf(secret, plain.ToString()) is { } step && await people.UseCodeAsync(person.Member.Id, step, ct);
    }

    private long? StepOf(byte[] secret, string code) =>
        new Totp(secret).VerifyTotp(clock.GetUtcNow().UtcDateTime, code.Trim(), out var step, s_window) ? step : null;
}

/// <param name="Shown">The secret to type where no picture can be taken.</param>
/// <param name="Picture">QR code as a data: address.</param>
public sealed record Enrolment(byte[] Secret, string Shown, string Picture);
