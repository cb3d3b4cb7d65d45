using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>Sends a citizen's act to the bot and shows the citizen what came of it.</summary>
internal sealed class Conversation(Citizens citizens, Courier courier)
{
    /// <summary>What a citizen reads when the bot fails.</summary>
    public const string Unavailable = "该公众号暂时无法提供服务，请稍后再试";

    public async Task<Delivery> SendAsync(Citizen citizen, Push push)
    {
        var delivery = await courier.DeliverAsync(push);
        lock (citizens.Gate)
        {
            if (push.ShowsReply && citizen.Follows)
                Show(citizen, push, delivery);
        }
        return delivery;
    }

    private void Show(Citizen citizen, Push push, Delivery delivery)
    {
        switch (delivery.Verdict)
        {
            case ReplyVerdict.Shown shown:
                citizens.Say(citizen, ChatSide.Account, shown.Kind, shown.Body, delivery.Journal);
                break;
            case ReplyVerdict.HandedOver:
                citizens.Say(citizen, ChatSide.Platform, "notice", new JsonObject { ["text"] = "会话已转接人工客服" }, delivery.Journal);
                break;
            // Nobody waits for an answer to a place that was reported in the background.
            case ReplyVerdict.Faulty when push.Title != "上报位置":
                citizens.Say(citizen, ChatSide.Platform, "notice", new JsonObject { ["text"] = Unavailable, ["failed"] = true }, delivery.Journal);
                break;
        }
    }
}
