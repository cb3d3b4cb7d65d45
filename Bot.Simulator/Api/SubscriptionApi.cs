using System.Text.Json.Nodes;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Subscription notices: each accepted popup pays for one, a long-term consent for any number.</summary>
internal sealed class SubscriptionApi(
    Citizens citizens, Templates templates, TemplateLetter letter, Dice dice, PushFactory pushes, JobResults results) : IApiGroup
{
    private const int TitleCharacters = 15;
    private const int ContentCharacters = 200;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/message/subscribe/bizsend", Send),
        ApiRoute.Post("/cgi-bin/message/template/subscribe", SendOnce),
        ApiRoute.Get("/wxaapi/newtmpl/getcategory", _ => ApiAnswer.Ok(("data", new JsonArray(new JsonObject { ["id"] = 616, ["name"] = "政务民生" })))),
        ApiRoute.Get("/wxaapi/newtmpl/gettemplate", List),
    ];

    private ApiAnswer Send(ApiCall call)
    {
        if (citizens.Find(call.Json["touser"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        if (templates.Find(call.Json["template_id"].Text) is not { } template)
            return ApiAnswer.Error(40037);
        var (card, refused) = letter.Fill(template, call.Json);
        if (refused is not null)
            return refused;
        if (!Pay(citizen, template.Id))
            return ApiAnswer.Error(43101);
        citizens.Say(citizen, ChatSide.Account, "template", card!);
        var held = results.PushLater(() => pushes.Job(citizen.OpenId, "subscribe_msg_sent_event", new Field("SubscribeMsgSentEvent", new Field[]
        {
            // The call itself answers no msgid, so this one can be joined to nothing.
            new("List", new Field[] { new("TemplateId", template.Id), new("MsgID", dice.JobId()), new("ErrorCode", 0L), new("ErrorStatus", "success") }),
        })));
        return ApiAnswer.Ok() with { HeldBack = held };
    }

    /// <summary>一次性订阅消息, the older kind.</summary>
    private ApiAnswer SendOnce(ApiCall call)
    {
        if (citizens.Find(call.Json["touser"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        var (title, content) = (call.Json["title"].Text ?? "", call.Json["data"]?["content"]?["value"].Text ?? "");
        if (title.Length is 0 or > TitleCharacters || content.Length is 0 or > ContentCharacters)
            return ApiAnswer.Error(47003);
        if (!Pay(citizen, call.Json["template_id"].Text ?? ""))
            return ApiAnswer.Error(43101);
        citizens.Say(citizen, ChatSide.Account, "template", new JsonObject
        {
            ["title"] = title,
            ["fields"] = new JsonArray(new JsonObject { ["label"] = "内容", ["value"] = content }),
            ["url"] = call.Json["url"].Text,
        });
        return ApiAnswer.Ok();
    }

    private ApiAnswer List(ApiCall call) => ApiAnswer.Ok(("data", new JsonArray([.. templates.All.Select(t => new JsonObject
    {
        ["priTmplId"] = t.Id,
        ["title"] = t.Title,
        ["content"] = t.Content,
        ["example"] = t.Example,
        ["type"] = 3,
    })])));

    private static bool Pay(Citizen citizen, string templateId)
    {
        var held = citizen.Consents.GetValueOrDefault(templateId);
        if (held is 1)
            citizen.Consents.Remove(templateId);
        else if (held is > 1 and < int.MaxValue)
            citizen.Consents[templateId] = held - 1;
        return held > 0;
    }
}
