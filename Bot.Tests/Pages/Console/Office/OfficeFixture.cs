using System.Net;
using Bot.Data.Audit;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Office;

/// <summary>What an administrator does on pages of the console.</summary>
public abstract class OfficeFixture
{
    internal static TestHost Host { get; set; } = null!;

    /// <summary>Signed in, in a browser of the fixture's own: toasts travel in its cookies.</summary>
    internal HttpClient Admin { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task SignIn() => Admin = await Host.SignInAsync("admin");

    [OneTimeTearDown]
    public void SignOut() => Admin.Dispose();

    internal static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    internal async Task<string> FollowAsync(HttpResponseMessage answer)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await TextAsync(answer));
        return await Admin.GetStringAsync(answer.Headers.Location);
    }

    internal static async Task<IReadOnlyList<AuditEntry>> ActsAsync(string act) =>
        await Host.Services.GetRequiredService<IAuditTrail>().ListAsync(new(null, act, null, null, null, null, 0, 50), default);
}

/// <summary>All fixtures of this folder share one Host.</summary>
[SetUpFixture]
public sealed class OneHost
{
    [OneTimeSetUp]
    public async Task Start() => OfficeFixture.Host = await TestHost.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => OfficeFixture.Host.DisposeAsync();
}
