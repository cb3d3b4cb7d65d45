using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class EventParsingTests
{
    [TestCase("event-subscribe.xml", "", null, null)]
    [TestCase("event-subscribe-qrscene.xml", "qrscene_hall_window_03", "hall_window_03", "gQEXAMPLETICKETsubscribe")]
    [TestCase("event-subscribe-lasttrade.xml", "last_trade_no_4200000000202501010000000001", null, null)]
    public void Reads_how_someone_came_to_follow(string name, string key, string? scene, string? ticket)
    {
        var subscribe = Fixture.Opened<SubscribeEvent>(name);
        Assert.That((subscribe.EventKey, subscribe.Scene, subscribe.Ticket), Is.EqualTo((key, scene, ticket)));
    }

    [Test]
    public void Reads_that_someone_left() =>
        Assert.That(Fixture.Opened<UnsubscribeEvent>("event-unsubscribe.xml").DedupeKey, Is.EqualTo("1735689702|unsubscribe||"));

    [Test]
    public void Reads_a_followers_scan()
    {
        var scan = Fixture.Opened<ScanEvent>("event-scan.xml");
        Assert.That((scan.Name, scan.Scene, scan.Ticket), Is.EqualTo(("SCAN", "hall_window_03", "gQEXAMPLETICKETscan")));
    }

    [Test]
    public void Reads_where_someone_is()
    {
        var location = Fixture.Opened<LocationEvent>("event-location.xml");
        Assert.That((location.Latitude, location.Longitude, location.Precision), Is.EqualTo((23.137466, 113.352425, 119.385040)));
    }

    [TestCase("event-click.xml")]
    [TestCase("event-whitespace-around-cdata.xml")]
    public void Reads_a_tap(string name)
    {
        var click = Fixture.Opened<ClickEvent>(name);
        Assert.That((click.From.Value, click.Name, click.EventKey), Is.EqualTo((Fixture.Citizen, "CLICK", "MENU_APPOINTMENT")));
    }

    [TestCase("event-view.xml", "https://www.example.gov.cn/service", false)]
    [TestCase("event-view-miniprogram.xml", "pages/index/index", true)]
    public void Reads_what_was_viewed(string name, string address, bool miniProgram)
    {
        var view = Fixture.Opened<ViewEvent>(name);
        Assert.That((view.EventKey, view.MenuId, view.MiniProgram), Is.EqualTo((address, "439342175", miniProgram)));
    }

    [TestCase("event-scancode-push.xml", "qrcode", "https://www.example.gov.cn/q/1", false)]
    [TestCase("event-scancode-waitmsg.xml", "barcode", "EAN_13,6901234567892", true)]
    public void Reads_a_scanned_code(string name, string type, string result, bool waits)
    {
        var scan = Fixture.Opened<ScanCodeEvent>(name);
        Assert.That((scan.ScanType, scan.ScanResult, scan.Waits), Is.EqualTo((type, result, waits)));
    }

    [TestCase("event-pic-sysphoto.xml", "MENU_PHOTO", 1)]
    [TestCase("event-pic-photo-or-album.xml", "MENU_ALBUM", 2)]
    [TestCase("event-pic-weixin.xml", "MENU_WXALBUM", 1)]
    public void Reads_the_pictures_to_come(string name, string key, int count)
    {
        var pictures = Fixture.Opened<PicturesEvent>(name);
        string[] sums = ["00000000000000000000000000000001", "00000000000000000000000000000002"];
        using var _ = Assert.EnterMultipleScope();
        Assert.That((pictures.EventKey, pictures.Count), Is.EqualTo((key, count)));
        Assert.That(pictures.Md5Sums, Is.EqualTo(sums[..count]));
    }

    [Test]
    public void Reads_a_chosen_place()
    {
        var place = Fixture.Opened<LocationSelectEvent>("event-location-select.xml");
        Assert.That(
            (place.EventKey, place.Latitude, place.Longitude, place.Scale, place.Label, place.Poi),
            Is.EqualTo(("MENU_LOC", 23.134521, 113.358803, 15, "广州市天河区某路1号", "政务服务中心")));
    }

    [TestCase("event-kf-create-session.xml", HumanSessionNews.Created, "window03@gov_demo", null)]
    [TestCase("event-kf-close-session.xml", HumanSessionNews.Closed, "window03@gov_demo", null)]
    [TestCase("event-kf-switch-session.xml", HumanSessionNews.Switched, "window05@gov_demo", "window03@gov_demo")]
    public void Reads_who_serves_someone(string name, HumanSessionNews news, string agent, string? from)
    {
        var session = Fixture.Opened<HumanSessionEvent>(name);
        Assert.That((session.News, session.Agent, session.FromAgent), Is.EqualTo((news, agent, from)));
    }

    [TestCase("event-qualification-verify-success.xml", 1767225600L, null, null)]
    [TestCase("event-naming-verify-success.xml", 1767225600L, null, null)]
    [TestCase("event-annual-renew.xml", 1740873600L, null, null)]
    [TestCase("event-verify-expired.xml", 1735689599L, null, null)]
    [TestCase("event-qualification-verify-fail.xml", null, 1735689771L, "资质材料不清晰")]
    [TestCase("event-naming-verify-fail.xml", null, 1735689773L, "名称不符合命名规则")]
    public void Reads_the_accounts_verification(string name, long? expired, long? failed, string? reason)
    {
        var verification = Fixture.Opened<VerificationEvent>(name);
        Assert.That((verification.ExpiredTime, verification.FailTime, verification.FailReason), Is.EqualTo((expired, failed, reason)));
    }

    [TestCase("event-user-info-modified.xml", null)]
    [TestCase("event-user-authorization-revoke.xml", "201")]
    [TestCase("event-user-authorization-cancellation.xml", null)]
    public void Reads_what_a_user_took_back(string name, string? revoked)
    {
        var authorization = Fixture.Opened<UserAuthorizationEvent>(name);
        Assert.That(
            (authorization.OpenIdOfUser, authorization.AppId, authorization.RevokeInfo), Is.EqualTo((Fixture.Citizen, Fixture.AppId, revoked)));
    }

    [Test]
    public void Reads_names_that_sources_spell_differently()
    {
        var body = Fixture.Bytes("event-user-info-modified.xml").AsSpan();
        var lower = System.Text.Encoding.UTF8.GetString(body).Replace("OpenID>", "openid>").Replace("AppID>", "appid>");
        Assert.That(Fixture.Open(lower, out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(message, Is.EqualTo(Fixture.Opened<UserAuthorizationEvent>("event-user-info-modified.xml")));
    }

    [Test]
    public void Reads_an_invoice_title_given()
    {
        var invoice = Fixture.Opened<InvoiceAuthorizedEvent>("event-user-authorize-invoice.xml");
        Assert.That(
            (invoice.SuccessOrderId, invoice.FailedOrderId, invoice.AppId, invoice.Source),
            Is.EqualTo(("ORDER202501010001", "", Fixture.AppId, "web")));
    }

    [Test]
    public void Keeps_an_unknown_event_whole()
    {
        var unknown = Fixture.Opened<UnknownEvent>("event-unknown.xml");
        using var _ = Assert.EnterMultipleScope();
        Assert.That(unknown.Name, Is.EqualTo("some_future_event"));
        Assert.That(unknown.Fields["FutureField"], Is.EqualTo("ignore me and answer success"));
        Assert.That(unknown.Fields, Has.Count.EqualTo(6));
    }

    [TestCase("click", typeof(ClickEvent))]
    [TestCase("Subscribe", typeof(SubscribeEvent))]
    [TestCase("scan", typeof(ScanEvent))]
    [TestCase("TemplateSendJobFinish", typeof(TemplateSentEvent))]
    public void Knows_an_event_in_any_case_and_keeps_its_spelling(string name, Type type)
    {
        var body = Fixture.TextXml().Replace("[text]", "[event]").Replace("<Content>", $"<Event>{name}</Event><Content>");
        Assert.That(Fixture.Open(body, out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(message, Is.TypeOf(type));
        Assert.That(((Event)message).Name, Is.EqualTo(name));
    }
}
