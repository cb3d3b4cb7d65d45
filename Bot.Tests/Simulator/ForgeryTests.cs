using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class ForgeryTests
{
    [TestCase("staleTimestamp")]
    [TestCase("tampered")]
    [TestCase("wrongAppId")]
    [TestCase("dtd")]
    public async Task A_forged_push_is_refused_by_our_codec(string kind)
    {
        await using var rig = await Rig.StartAsync();
        var told = await rig.ControlAsync("forge", new JsonObject { ["kind"] = kind, ["openId"] = rig.OpenId });
        Assert.That((bool)told["refused"]!, (await rig.JournalAsync())[0].ToJsonString());
        Assert.That(rig.Heard, Is.Empty);
    }

    [Test]
    public async Task A_bot_that_believes_a_forgery_is_found_out()
    {
        await using var rig = await Rig.StartAsync();
        rig.Raw = http => http.Response.WriteAsync("success");
        var told = await rig.ControlAsync("forge", new JsonObject { ["kind"] = "tampered", ["openId"] = rig.OpenId });
        Assert.That((bool)told["refused"]!, Is.False);
        Assert.That((bool)(await rig.JournalAsync())[0]["good"]!, Is.False);
    }
}
