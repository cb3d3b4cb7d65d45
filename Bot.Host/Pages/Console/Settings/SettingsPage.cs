using System.Globalization;
using Bot.Data.Settings;
using Bot.Data.Staff;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>设置: what may be changed while the hosts run.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class SettingsPage(ISettings settings, IServiceProvider services) : ConsolePage
{
    public const string Path = "/console/settings";

    private readonly RunTimeSettings _live = services.GetRequiredService<RunTimeSettings>();

    public override string Title => "设置";

    public override string Lead => "在这里修改的，两秒内在所有主机生效，不用重启；其他设置在配置文件和环境变量里";

    /// <summary>What was sent and refused; null on a first look.</summary>
    public (string Key, string Value)? Sent { get; private set; }

    private IReadOnlyList<StoredSetting> _stored = [];

    internal IEnumerable<IGrouping<string, SettingRow>> Groups => RunTimeSetting.All
        .Select(s => new SettingRow(s, _live.DefaultOf(s), _stored.FirstOrDefault(o => o.Key == s.Key))).GroupBy(r => r.Setting.Group);

    public async Task OnGetAsync(CancellationToken ct) => _stored = await settings.AllAsync(ct);

    /// <param name="was">What the form showed; null for the configuration's value.</param>
    /// <param name="reset">Back to the configuration's value.</param>
    public async Task<IActionResult> OnPostSaveAsync(string? key, string? was, string? value, bool reset, CancellationToken ct)
    {
        if (RunTimeSetting.Find(key) is not { } setting)
            return NotFound();
        await OnGetAsync(ct);
        Sent = (setting.Key, value ?? "");
        if (!reset && !setting.IsRight(value?.Trim() ?? ""))
            return Refuse($"{setting.Title}：请填写 {setting.Least} 到 {setting.Most} 的整数。");
        var (seen, wanted) = (Number(was), reset ? null : Number(value));
        if (wanted == seen)
            return GoTo(Path, "没有改动");
        if (!await settings.SaveAsync(setting.Key, seen, wanted, Me, ct))
            return Refuse($"“{setting.Title}”刚被他人修改，请核对现在的值再改。");
        return GoTo(Path, $"“{setting.Title}”已{(wanted is { } now ? $"改为 {now} {setting.Unit}" : "恢复默认")}", new Undo($"{Path}?handler=Save", new()
        {
            ["key"] = setting.Key, ["was"] = Text(wanted), ["value"] = Text(seen), ["reset"] = seen is null ? "true" : "false",
        }));
    }

    private static int? Number(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    internal sealed record SettingRow(RunTimeSetting Setting, int Default, StoredSetting? Own)
    {
        public int Value => Own?.Value ?? Default;
    }
}
