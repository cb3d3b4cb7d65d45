using System.Text.Json.Nodes;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Template messages: accepted at once, their result pushed later.</summary>
internal sealed class TemplateApi(
    Citizens citizens, Templates templates, TemplateLetter letter, RecentSends recent, Dice dice, PushFactory pushes, JobResults results) : IApiGroup
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/message/template/send", Send),
        ApiRoute.Get("/cgi-bin/template/get_all_private_template", List),
        ApiRoute.Post("/cgi-bin/template/api_add_template", Add),
        ApiRoute.Post("/cgi-bin/template/del_private_template", Remove),
        ApiRoute.Get("/cgi-bin/template/get_industry", _ => ApiAnswer.Plain(new JsonObject
        {
            ["primary_industry"] = new JsonObject { ["first_class"] = "政府与公共事业", ["second_class"] = "公共事业|非盈利机构" },
            ["secondary_industry"] = new JsonObject { ["first_class"] = "政府与公共事业", ["second_class"] = "交警" },
        })),
    ];

    private ApiAnswer Send(ApiCall call)
    {
        var message = call.Json;
        if (citizens.Find(message["touser"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        if (templates.Find(message["template_id"].Text) is not { } template)
            return ApiAnswer.Error(40037);
        if (message["miniprogram"] is JsonObject program && program["appid"].Text is not { Length: 18 })
            return ApiAnswer.Error(40166);
        var (card, refused) = letter.Fill(template, message);
        if (refused is not null)
            return refused;
        if (citizen.Blacklisted)
            return ApiAnswer.Error(43019);
        if (!citizen.Follows)
            return ApiAnswer.Error(43004);

        var key = message["client_msg_id"].Text is { Length: > 0 } id ? $"{citizen.OpenId}|{id}" : null;
        if (recent.Find(key) is { } earlier)
            return ApiAnswer.Ok(("msgid", earlier));
        var msgId = dice.JobId();
        recent.Remember(key, msgId);
        var status = results.Fails ? "failed: system failed" : citizen.Refuses ? "failed:user block" : "success";
        if (status == "success")
            citizens.Say(citizen, ChatSide.Account, "template", card!);
        var held = results.PushLater(() => pushes.Job(
            citizen.OpenId, "TEMPLATESENDJOBFINISH", new Field("MsgID", msgId), new Field("Status", status)));
        return ApiAnswer.Ok(("msgid", msgId)) with { HeldBack = held };
    }

    private ApiAnswer List(ApiCall call) => ApiAnswer.Plain(new JsonObject
    {
        ["template_list"] = new JsonArray([.. templates.All.Select(t => new JsonObject
        {
            ["template_id"] = t.Id,
            ["title"] = t.Title,
            ["primary_industry"] = "",
            ["deputy_industry"] = "",
            ["content"] = t.Content,
            ["example"] = t.Example,
        })]),
    });

    private ApiAnswer Add(ApiCall call)
    {
        var number = call.Json["template_id_short"].Text;
        if (Templates.Library.FirstOrDefault(t => t.Number == number) is not { } found)
            return ApiAnswer.Error(40036);
        return templates.Take(found) is { } added ? ApiAnswer.Ok(("template_id", added.Id)) : ApiAnswer.Error(45026);
    }

    private ApiAnswer Remove(ApiCall call) =>
        templates.Remove(call.Json["template_id"].Text ?? "") ? ApiAnswer.Ok() : ApiAnswer.Error(40037);
}
