using Bot.Data.Postgres;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class KeywordRepliesTests : StoreFixture
{
    [Test]
    public async Task Gives_exact_ones_first_then_the_longer_keyword_and_leaves_out_what_is_off()
    {
        await ExecuteAsync(
            """
            insert into keyword_reply (keyword, match, reply, enabled) values
                ('公积金', 'contains', 'a', true), ('公积金提取', 'contains', 'b', true), ('停用', 'exact', 'c', false),
                ('上班时间', 'exact', 'd', true), ('社保卡', 'contains', 'e', true), ('地址', 'exact', 'f', true)
            """);
        var rules = await new PostgresKeywordReplies(One).EnabledAsync(default);
        Assert.That(rules.Select(r => r.Reply), Is.EqualTo(["d", "f", "b", "a", "e"]));
        Assert.That(rules.Select(r => r.Exact), Is.EqualTo([true, true, false, false, false]));
    }

    [Test]
    public async Task Is_empty_at_first() => Assert.That(await new PostgresKeywordReplies(One).EnabledAsync(default), Is.Empty);
}
