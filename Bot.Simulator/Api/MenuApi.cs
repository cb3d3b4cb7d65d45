using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>自定义菜单.</summary>
internal sealed class MenuApi(Citizens citizens, AccountMenu menu, MenuRules rules) : IApiGroup
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/menu/create", Create),
        ApiRoute.Get("/cgi-bin/menu/get", Get),
        ApiRoute.Get("/cgi-bin/menu/delete", Delete),
        ApiRoute.Get("/cgi-bin/get_current_selfmenu_info", Current),
        ApiRoute.Post("/cgi-bin/menu/addconditional", AddConditional),
        ApiRoute.Post("/cgi-bin/menu/delconditional", DeleteConditional),
        ApiRoute.Post("/cgi-bin/menu/trymatch", TryMatch),
    ];

    private ApiAnswer Create(ApiCall call)
    {
        if (rules.Fault(call.Json) is not 0 and var fault)
            return ApiAnswer.Error(fault);
        menu.Buttons = (JsonArray)call.Json["button"]!.DeepClone();
        return ApiAnswer.Ok();
    }

    private ApiAnswer Get(ApiCall call)
    {
        if (menu.Buttons is not { } buttons)
            return ApiAnswer.Error(46003);
        var body = new JsonObject { ["menu"] = new JsonObject { ["button"] = buttons.DeepClone(), ["menuid"] = menu.Id } };
        if (menu.Conditional.Count > 0)
        {
            body["conditionalmenu"] = new JsonArray([.. menu.Conditional.Select(c => new JsonObject
            {
                ["button"] = c.Buttons.DeepClone(),
                ["matchrule"] = c.Rule.DeepClone(),
                ["menuid"] = long.Parse(c.Id, null),
            })]);
        }
        return ApiAnswer.Plain(body);
    }

    private ApiAnswer Delete(ApiCall call)
    {
        menu.Buttons = null;
        return ApiAnswer.Ok();
    }

    // Here a sub-menu is an object with a list, unlike in menu/get.
    private ApiAnswer Current(ApiCall call)
    {
        var buttons = (menu.Buttons?.DeepClone() as JsonArray) ?? [];
        foreach (var button in buttons.OfType<JsonObject>())
        {
            if (button["sub_button"] is JsonArray { Count: > 0 } subs)
                button["sub_button"] = new JsonObject { ["list"] = subs.DeepClone() };
            else
                button.Remove("sub_button");
        }
        return ApiAnswer.Plain(new JsonObject
        {
            ["is_menu_open"] = menu.Buttons is null ? 0 : 1,
            ["selfmenu_info"] = new JsonObject { ["button"] = buttons },
        });
    }

    private ApiAnswer AddConditional(ApiCall call)
    {
        if (menu.Buttons is null)
            return ApiAnswer.Error(65303);
        if (rules.Fault(call.Json) is not 0 and var fault)
            return ApiAnswer.Error(fault);
        if (call.Json["matchrule"] is not JsonObject rule || rule.All(part => part.Value.Text is null or ""))
            return ApiAnswer.Error(65304);
        var added = menu.Add((JsonArray)call.Json["button"]!.DeepClone(), (JsonObject)rule.DeepClone());
        return ApiAnswer.Plain(new JsonObject { ["menuid"] = added.Id });
    }

    private ApiAnswer DeleteConditional(ApiCall call) =>
        menu.Conditional.RemoveAll(c => c.Id == call.Json["menuid"].Text) > 0 ? ApiAnswer.Ok() : ApiAnswer.Error(65301);

    private ApiAnswer TryMatch(ApiCall call) =>
        citizens.Find(call.Json["user_id"].Text) is not { } citizen ? ApiAnswer.Error(65302)
        : menu.For(citizen) is not { } buttons ? ApiAnswer.Error(46003)
        : ApiAnswer.Plain(new JsonObject { ["button"] = buttons.DeepClone() });
}
