using Bot.WeChat;
using Bot.WeChat.Api;

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class ApiHostsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WeChatOptions _options = new();
    private ApiHosts _hosts;

    [SetUp]
    public void SetUp()
    {
        _options.ApiBaseUrl = "";
        _hosts = new ApiHosts(Options.Create(_options), _clock);
    }

    [Test]
    public void Goes_to_the_disaster_address_after_three_faults_and_tries_the_first_again_later()
    {
        FailToConnect(2);
        Assert.That(_hosts.Pick()!.Address, Is.EqualTo("https://api.weixin.qq.com"));
        FailToConnect(1);
        Assert.That(_hosts.Pick()!.Address, Is.EqualTo("https://api2.weixin.qq.com"));

        _clock.Advance(TimeSpan.FromSeconds(6));
        var probe = _hosts.Pick()!;
        Assert.That(probe.Address, Is.EqualTo("https://api.weixin.qq.com"));
        Assert.That(_hosts.Pick()!.Address, Is.EqualTo("https://api2.weixin.qq.com"), "one probe at a time");

        probe.Answered();
        Assert.That(_hosts.Pick()!.Address, Is.EqualTo("https://api.weixin.qq.com"));
    }

    [Test]
    public void A_host_that_answers_now_and_then_is_kept()
    {
        for (var i = 0; i < 50; i++)
        {
            var host = _hosts.Pick()!;
            Assert.That(host.Address, Is.EqualTo("https://api.weixin.qq.com"));
            if (i % 3 == 2)
                host.Answered();
            else
                host.CouldNotConnect();
        }
    }

    [Test]
    public void The_configured_address_is_the_only_one_and_rests_after_ten_silences()
    {
        _options.ApiBaseUrl = "http://127.0.0.1:5080/simulator/api/";
        Assert.That(_hosts.Pick()!.Address, Is.EqualTo("http://127.0.0.1:5080/simulator/api"));
        for (var i = 0; i < 10; i++)
            _hosts.Pick()!.SaidNothing();

        Assert.That(_hosts.Pick(), Is.Null);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That(_hosts.Pick(), Is.Not.Null);
    }

    private void FailToConnect(int times)
    {
        for (var i = 0; i < times; i++)
            _hosts.Pick()!.CouldNotConnect();
    }
}
