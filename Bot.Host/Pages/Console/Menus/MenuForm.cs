using System.ComponentModel.DataAnnotations;
using System.Text;
using Bot.Handlers;
using Bot.WeChat.Api;

namespace Bot.Host.Pages.Console;

/// <summary>Up to three buttons, each alone or with up to five below it.</summary>
public sealed class MenuForm
{
    public const int Buttons = 3;
    public const int Below = 5;

    [MaxLength(Buttons)]
    public List<MenuPart> Parts { get; set; } = [];

    public int Version { get; set; }

    public static MenuForm Of(IReadOnlyList<MenuButton> buttons, int version)
    {
        MenuForm form = new() { Version = version };
        for (var i = 0; i < Buttons; i++)
        {
            var button = i < buttons.Count ? buttons[i] : null;
            MenuPart part = new() { Button = MenuLine.Of(button) };
            for (var j = 0; j < Below; j++)
                part.Below.Add(MenuLine.Of(j < (button?.Buttons?.Count ?? 0) ? button!.Buttons![j] : null));
            form.Parts.Add(part);
        }

        return form;
    }

    /// <summary>What WeChat takes. Lines without a name are left out.</summary>
    public IReadOnlyList<MenuButton> Read() =>
    [
        .. Parts.Where(p => !p.Button.IsEmpty).Select(p => p.Below.Where(b => !b.IsEmpty).Select(b => b.Button()).ToArray() is { Length: > 0 } below
            ? MenuButton.Group(p.Button.Name!.Trim(), below)
            : p.Button.Button()),
    ];

    /// <summary>What is wrong, by the name of the field.</summary>
    public IEnumerable<(string Field, string Problem)> Faults()
    {
        if (Parts.All(p => p.Button.IsEmpty))
            yield return ("", "至少要有一个菜单按钮。");
        for (var i = 0; i < Parts.Count; i++)
        {
            var (part, place) = (Parts[i], $"Input.Parts[{i}]");
            var group = part.Below.Any(b => !b.IsEmpty);
            if (part.Button.IsEmpty && group)
                yield return ($"{place}.Button.Name", "有子菜单时，请填写这个按钮的名称");
            else if (!part.Button.IsEmpty && part.Button.Fault(mostBytes: 16, mostLetters: 5, alone: !group) is { } fault)
                yield return ($"{place}.Button.{fault.Field}", fault.Problem);
            for (var j = 0; j < part.Below.Count; j++)
            {
                if (!part.Below[j].IsEmpty && part.Below[j].Fault(mostBytes: 40, mostLetters: 13, alone: true) is { } below)
                    yield return ($"{place}.Below[{j}].{below.Field}", below.Problem);
            }
        }
    }
}

public sealed class MenuPart
{
    public MenuLine Button { get; set; } = new();

    [MaxLength(MenuForm.Below)]
    public List<MenuLine> Below { get; set; } = [];
}

/// <summary>One button: what it is called and what it does.</summary>
public sealed class MenuLine
{
    private const int LongestUrl = 256;

    [StringLength(40)]
    public string? Name { get; set; }

    /// <summary><c>click</c> or <c>view</c>.</summary>
    [RegularExpression("^(click|view)$")]
    public string Kind { get; set; } = "click";

    /// <summary>A menu key of <see cref="BotRoutes"/>, or an address.</summary>
    [StringLength(LongestUrl)]
    public string? Value { get; set; }

    /// <summary>The keys that the bot answers to.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. BotRoutes.Table.SelectMany(route => route.Keys)];

    public bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Value);

    public static MenuLine Of(MenuButton? button) => button is null
        ? new()
        : new() { Name = button.Name, Kind = button.Type == "view" ? "view" : "click", Value = button.Type == "view" ? button.Url : button.Key };

    public MenuButton Button() => Kind == "view" ? MenuButton.View(Name!.Trim(), Value!.Trim()) : MenuButton.Click(Name!.Trim(), Value!.Trim());

    /// <param name="alone">Without buttons below it: then it must do something.</param>
    public (string Field, string Problem)? Fault(int mostBytes, int mostLetters, bool alone)
    {
        var (name, value) = ((Name ?? "").Trim(), (Value ?? "").Trim());
        if (name.Length == 0)
            return (nameof(Name), "请填写名称");
        if (Encoding.UTF8.GetByteCount(name) > mostBytes)
            return (nameof(Name), $"名称最多 {mostLetters} 个汉字");
        if (!alone)
            return null;
        if (value.Length == 0)
            return (nameof(Value), Kind == "view" ? "请填写网址" : "请选择功能");
        if (Kind == "view")
        {
            return Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                ? null
                : (nameof(Value), "请填写 http 或 https 开头的网址");
        }

        return Keys.Contains(value) || BotRoutes.Table.Scene(value) is not null ? null : (nameof(Value), "机器人没有这个功能，请从列表中选择");
    }
}
