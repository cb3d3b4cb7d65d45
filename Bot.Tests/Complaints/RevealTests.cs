using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>A citizen's contact and numbers: masked, and shown for a reason that is kept.</summary>
public sealed class RevealTests : CaseFixture
{
    [Test]
    public async Task The_contact_is_shown_for_a_reason_that_is_kept()
    {
        var filed = await Cases.FileAsync(Filing() with { Anonymous = true }, default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        Assert.That(await Desk.ContactAsync(filed.Number, Officer, "核实地点", default), Is.Null);
        Assert.That(await Desk.ContactAsync(filed.Number, Centre, "", default), Is.Null);
        Assert.That(await Desk.ContactAsync(filed.Number, Centre, "核实地点", default), Is.EqualTo("张女士 13800138000"));
        Assert.That(await AskAsync<int>("select count(*) from audit_entry where act = 'case.reveal_contact' and details::text ~ '核实地点'"), Is.EqualTo(1));
        Assert.That(await AskAsync<bool>("select position(convert_to('138', 'UTF8') in contact) = 0 from case_file"), Is.True);
    }

    [Test]
    public async Task Numbers_that_a_citizen_wrote_are_masked_and_shown_for_a_reason_that_is_kept()
    {
        var filed = await Cases.FileAsync(Filing(story: "店家电话138-0013-8001，卡号6222020200012345678") with { Answers = [new("何时？", "打13900139000问过")] }, default);
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Add("又换成 13700137000 了"), Guid.NewGuid(), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        var seen = (await Desk.FindAsync(filed.Number, Officer, default))!;
        Assert.That((seen.File.Story, seen.Answers[0].Answer, seen.SeesOriginal), Is.EqualTo(("店家电话138-****-8001，卡号622**************78", "打139****9000问过", true)));
        Assert.That(seen.Timeline.Select(e => e.Words), Has.Some.EqualTo("又换成 137****7000 了"));

        Assert.That(await Desk.OriginalAsync(filed.Number, Officer, "", default), Is.Null);
        Assert.That(await Desk.OriginalAsync(filed.Number, Stranger, "核实店家", default), Is.Null);
        Assert.That(await Desk.OriginalAsync(filed.Number, Officer, "核实店家", default),
            Is.EqualTo("店家电话138-0013-8001，卡号6222020200012345678\n何时？打13900139000问过\n\n又换成 13700137000 了"));
        Assert.That(await AskAsync<int>("select count(*) from audit_entry where act = 'case.reveal_words' and details::text ~ '核实店家'"), Is.EqualTo(1));
        Assert.That(await AskAsync<int>("select count(*) from case_event where words_sealed::text ~ encode('13700137000', 'hex')"), Is.Zero);

        var hidden = await Cases.FileAsync(Filing(story: "我的电话13800138000") with { Anonymous = true }, default);
        await DoAsync(hidden.Number, Centre, new CaseAct.Accept());
        await DoAsync(hidden.Number, Centre, new CaseAct.Dispatch("urban", null));
        Assert.That((await Desk.FindAsync(hidden.Number, Officer, default))!.SeesOriginal, Is.False, "it may be their own");
        Assert.That(await Desk.OriginalAsync(hidden.Number, Centre, "回访", default), Is.EqualTo("我的电话13800138000"));
    }
}
