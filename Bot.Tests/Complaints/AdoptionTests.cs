using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>A suggestion that was adopted, and what of it becomes public.</summary>
public sealed class AdoptionTests : CaseFixture
{
    [Test]
    public async Task An_adopted_suggestion_is_public_only_while_the_citizen_agrees()
    {
        var filed = await Cases.FileAsync(Filing(category: "suggestion-other", kind: CaseKind.Suggestion, story: "建议公园早一小时开门"), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Take());
        await DoAsync(filed.Number, Centre, new CaseAct.Reply("感谢您的建议。"));
        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("没有找到可以公开的建议"), "nothing was adopted");
        await DoAsync(filed.Number, Centre, new CaseAct.Adopt("公园改为5点开门。"));
        Assert.That((await WordsAsync())[^1], Does.Contain("已被采纳。公园改为5点开门。").And.Contain("1. 同意公开"));
        Assert.That(await AskAsync<string>("select data::text from job where kind = 'citizen-prompt' order by id desc limit 1"), Does.Contain($"case.share yes {filed.Number}"));
        Assert.That((await Desk.ActAsync(filed.Number, (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version, Centre, new CaseAct.Redact("早开门", "公园早开门", ""), default)),
            Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.WrongState)), "the citizen was not asked yet");

        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("感谢您的同意"));
        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("您已经同意公开"));
        await DoAsync(filed.Number, Centre, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"));
        await DoAsync(filed.Number, Second, new CaseAct.Adopt("公园改为5点开门。"));
        foreach (var author in new[] { Centre, Second })
        {
            Assert.That((await Desk.ActAsync(filed.Number, (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version, author, new CaseAct.Publish(), default)),
                Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.SamePerson)), "nobody publishes their own words, redacted or adopted");
        }

        await DoAsync(filed.Number, Second, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        await DoAsync(filed.Number, Centre, new CaseAct.Publish());
        Assert.That(await AdoptedAsync(), Does.Contain("· 公园早一小时开门\n　公园改为5点开门。").And.Contain("/suggestions"));
        await DoAsync(filed.Number, Centre, new CaseAct.Adopt("公园改为5点开门，已经开了一个月。"));
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"), "what changed is approved anew");
        await DoAsync(filed.Number, Centre, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        await DoAsync(filed.Number, Second, new CaseAct.Publish());
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            …
            3. 不再公开
            4. 我的工单
            > 3
            好的，{filed.Number} 不再公开。
            """);
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"));
        Assert.That(await Desk.ActAsync((await Cases.FileAsync(Filing(), default)).Number, 1, Centre, new CaseAct.Adopt("x"), default), Is.InstanceOf<CaseOutcome.Refused>(), "a complaint is not adopted");
    }

    private async Task<string> ShareAsync(string word, string number) =>
        ((Reply.Text)(await Chat.Get<CaseSharing>().HandleAsync(new(Chat.Typed("1"), $"{word} {number}"), default)).Reply).Content;

    private async Task<string> AdoptedAsync() => ((Reply.Text)await Chat.SayAsync("采纳的建议")).Content;
}
