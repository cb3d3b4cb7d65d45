using Bot.Data.Cases;
using Bot.Data.Policies;
using Bot.Tests.Complaints;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>A newer release has been here: this one starts and goes on, without what it does not know.</summary>
public sealed class NewerReleaseTests : CaseFixture
{
    [Test]
    public async Task Content_of_kinds_that_we_do_not_know_is_left_out()
    {
        await ExecuteAsync(
            """
            alter table case_category drop constraint case_category_kind_known;
            insert into case_category (code, kind, name, answer_days, questions, keywords, sort) values ('later', 'petition', '信访', 5, '[]', '{}', 1);
            alter table policy drop constraint policy_type_check, drop constraint policy_status_check;
            insert into policy (id, type, title, issuer, category) values ('P1', 'guide', '居住证', '市公安局', '户籍'), ('P2', 'podcast', '听政策', '市公安局', '户籍');
            insert into policy (id, type, title, issuer, category, status) values ('P3', 'guide', '旧证', '市公安局', '户籍', 'frozen')
            """);
        Assert.That((await Chat.Get<ICaseCategories>().AllAsync(default)).Select(c => c.Code), Does.Contain("noise").And.Not.Contain("later"));
        Assert.That((await Chat.Get<IPolicies>().PublishedAsync(default)).Select(p => p.Id), Is.EqualTo(new[] { "P1" }));
    }
}
