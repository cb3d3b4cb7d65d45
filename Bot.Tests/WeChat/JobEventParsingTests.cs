using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class JobEventParsingTests
{
    private const string First = "tmplAAAA0000000000000000000000000000000000001";
    private const string Second = "tmplBBBB0000000000000000000000000000000000002";

    [TestCase("event-template-finish-success.xml", TemplateOutcome.Delivered, null)]
    [TestCase("event-template-finish-user-block.xml", TemplateOutcome.RefusedByUser, "user block")]
    [TestCase("event-template-finish-system-failed.xml", TemplateOutcome.Failed, "system failed")]
    [TestCase("event-template-finish-freq-limit.xml", TemplateOutcome.Failed, "freq limit")]
    public void Reads_what_became_of_a_template_message(string name, TemplateOutcome outcome, string? reason)
    {
        var sent = Fixture.Opened<TemplateSentEvent>(name);
        Assert.That((sent.JobId, sent.Outcome, sent.Reason), Is.EqualTo(("3557254367693750277", outcome, reason)));
    }

    [TestCase(" Success ", TemplateOutcome.Delivered, null)]
    [TestCase("failed : User Block", TemplateOutcome.RefusedByUser, "User Block")]
    [TestCase("failed", TemplateOutcome.Failed, "")]
    [TestCase("exploded", TemplateOutcome.Failed, "exploded")]
    public void Forgives_blanks_and_case_in_a_status(string status, TemplateOutcome outcome, string? reason)
    {
        var body = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("event-template-finish-success.xml")).Replace("[success]", $"[{status}]");
        Fixture.Open(body, out var message);
        Assert.That((((TemplateSentEvent)message).Outcome, ((TemplateSentEvent)message).Reason), Is.EqualTo((outcome, reason)));
    }

    [Test]
    public void Reads_consent_from_xml()
    {
        var popup = Fixture.Opened<SubscriptionEvent>("event-subscribe-msg-popup.xml");
        using var _ = Assert.EnterMultipleScope();
        Assert.That(popup.News, Is.EqualTo(SubscriptionNews.Popup));
        Assert.That(popup.Items, Is.EqualTo([new SubscriptionItem(First, "accept", Scene: 2), new SubscriptionItem(Second, "reject", Scene: 2)]));
    }

    [TestCase("event-subscribe-msg-popup-list.json")]
    [TestCase("event-subscribe-msg-popup-object.json")]
    public void Reads_consent_from_json_be_it_a_list_or_one(string name)
    {
        var popup = Fixture.Opened<SubscriptionEvent>(name);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(popup.CreateTime, Is.EqualTo(1735689730));
        Assert.That(popup.Items, Is.EqualTo([new SubscriptionItem(First, "accept", Scene: 1)]));
    }

    [Test]
    public void Reads_consent_taken_back()
    {
        var change = Fixture.Opened<SubscriptionEvent>("event-subscribe-msg-change.xml");
        using var _ = Assert.EnterMultipleScope();
        Assert.That(change.News, Is.EqualTo(SubscriptionNews.Change));
        Assert.That(change.Items, Is.EqualTo([new SubscriptionItem(First, "reject")]));
    }

    [TestCase("event-subscribe-msg-sent.xml", "1700827132819554304", 0, "success")]
    [TestCase("event-subscribe-msg-sent-failed.xml", "1700827132819554305", 1, "failed")]
    public void Reads_what_became_of_a_subscription_notice(string name, string id, int code, string status)
    {
        var sent = Fixture.Opened<SubscriptionEvent>(name);
        using var _ = Assert.EnterMultipleScope();
        Assert.That(sent.News, Is.EqualTo(SubscriptionNews.Sent));
        Assert.That(sent.Items, Is.EqualTo([new SubscriptionItem(First, status, id, code)]));
        Assert.That(sent.JobId, Is.EqualTo(id), "two notices of one second must not look like one delivered twice");
    }

    [TestCase("event-masssend-finish-success.xml", "send success", 1)]
    [TestCase("event-masssend-finish-legacy.xml", "sendsuccess", 0)]
    [TestCase("event-masssend-finish-rejected.xml", "err(30003)", 1)]
    public void Reads_what_became_of_a_mass_message(string name, string status, int articles)
    {
        var sent = Fixture.Opened<MassSentEvent>(name);
        using var _ = Assert.EnterMultipleScope();
        Assert.That((sent.JobId, sent.Status), Is.EqualTo(("1000001625", status)));
        Assert.That((sent.TotalCount, sent.FilterCount, sent.SentCount, sent.ErrorCount), Is.EqualTo((100, 80, 75, 5)));
        Assert.That(sent.ArticleUrls, Is.EqualTo(Enumerable.Repeat("https://mp.weixin.qq.com/s/EXAMPLE", articles)));
    }

    [TestCase("PUBLISHJOBFINISH")]
    [TestCase("FREEPUBLISHJOBFINISH")]
    [TestCase("MASSSENDJOBFINISH")]
    public void Reads_a_publication_under_each_of_its_names(string name)
    {
        var body = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("event-publish-finish-success.xml")).Replace("PUBLISHJOBFINISH", name);
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        var published = (PublishedEvent)message;
        using var _ = Assert.EnterMultipleScope();
        Assert.That((published.PublishId, published.Status, published.ArticleId), Is.EqualTo(("2247503051", 0, "ARTICLEIDexample0001")));
        Assert.That(published.ArticleUrls, Is.EqualTo(["https://mp.weixin.qq.com/s/EXAMPLE"]));
        Assert.That(published.FailedIndexes, Is.Empty);
    }

    [Test]
    public void Reads_a_publication_that_failed()
    {
        var published = Fixture.Opened<PublishedEvent>("event-publish-finish-failed.xml");
        using var _ = Assert.EnterMultipleScope();
        Assert.That((published.PublishId, published.Status, published.ArticleId), Is.EqualTo(("2247503052", 2, (string?)null)));
        Assert.That(published.FailedIndexes, Is.EqualTo([1, 2]));
    }

    [Test]
    public void Tells_publications_of_one_second_apart_by_their_own_id_and_takes_no_odd_index()
    {
        var body = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("event-publish-finish-failed.xml"))
            .Replace("<fail_idx>2</fail_idx>", "<fail_idx>0</fail_idx><fail_idx>x</fail_idx><fail_idx>-2</fail_idx><fail_idx>3</fail_idx>");
        Fixture.Open(body, out var message);
        var published = (PublishedEvent)message;
        Assert.That((published.JobId, published.PublishId), Is.EqualTo(("2247503052", "2247503052")), "they bring no MsgID");
        Assert.That(published.FailedIndexes, Is.EqualTo([1, 3]));
        Fixture.Open(body.Replace("</CreateTime>", "</CreateTime><MsgID>77</MsgID>"), out message);
        Assert.That((((PublishedEvent)message).JobId, ((PublishedEvent)message).PublishId), Is.EqualTo(("77", "2247503052")), "unless they do");
    }

    [Test]
    public void A_mass_message_that_tells_little_reads_as_nothing_sent()
    {
        var body = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("event-masssend-finish-legacy.xml"))
            .Replace("[sendsuccess]", "[ send success ]").Replace("<SentCount>75</SentCount>", "").Replace("<ErrorCount>5<", "<ErrorCount>-5<").Replace(">100<", ">2147483648<");
        Fixture.Open(body, out var message);
        var sent = (MassSentEvent)message;
        Assert.That((sent.Status, sent.TotalCount, sent.FilterCount, sent.SentCount, sent.ErrorCount), Is.EqualTo(("send success", 0, 80, 0, 0)));
        Assert.That(sent.ArticleUrls, Is.Empty);
    }
}
