using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>The popup that asks a citizen to accept a subscription notice.</summary>
/// <remarks>Source: “订阅通知介绍”: one acceptance is one message; a long-term one has no end.</remarks>
internal sealed class Consents(Citizens citizens, PushFactory pushes, Conversation conversation)
{
    public Task<Delivery> AnswerAsync(Citizen citizen, string templateId, bool accepts, bool longTerm)
    {
        lock (citizens.Gate)
        {
            if (!accepts)
                citizen.Consents.Remove(templateId);
            else if (longTerm)
                citizen.Consents[templateId] = int.MaxValue;
            else if (citizen.Consents.GetValueOrDefault(templateId) is var held and not int.MaxValue)
                citizen.Consents[templateId] = held + 1;
            citizens.Changed(citizen);
        }
        return conversation.SendAsync(citizen, pushes.Job(citizen.OpenId, "subscribe_msg_popup_event", new Field("SubscribeMsgPopupEvent", new Field[]
        {
            new("List", new Field[]
            {
                new("TemplateId", templateId), new("SubscribeStatusString", accepts ? "accept" : "reject"), new("PopupScene", 1L),
            }),
        })));
    }
}
