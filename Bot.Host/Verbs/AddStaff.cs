using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bot.Data.Staff;
using Bot.Host.Pages.Console;
using Microsoft.AspNetCore.Identity;

namespace Bot.Host.Verbs;

/// <summary><c>staff add --name N --role R [--display-name D] [--department CODE] [--password-stdin]</c>: the first administrator, who makes the others in the console.</summary>
internal static class AddStaff
{
    public const string Usage = "staff add --name NAME --role ROLE [--display-name NAME] [--department CODE] [--password-stdin]";

    private const int GivenLength = 16;
    private const string GivenLetters = "23456789abcdefghjkmnpqrstuvwxyz";              // none that look alike
    private static readonly StaffMember s_shell = new(0, "system:shell", "", [], null);

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (Read(args) is not { } asked)
        {
            return Verbs.Usage.Print($"usage: {Usage}; NAME: 2 to 32 of a-z 0-9 . _ -, a letter first; ROLE: "
                + string.Join(", ", StaffRoles.All.Select(role => role.Stored)));
        }

        var given = asked.FromInput ? (await Console.In.ReadLineAsync(ct) ?? "").Trim() : RandomNumberGenerator.GetString(GivenLetters, GivenLength);
        if (PasswordRules.Fault(given, asked.Person.Name) is { } weak)
            return Verbs.Usage.Print(weak);
        return await WithServices.RunAsync(asked.Settings, services => AddAsync(services, asked, given, ct), ct);
    }

    private static async Task<int> AddAsync(IServiceProvider services, Asked asked, string given, CancellationToken ct)
    {
        var hash = services.GetRequiredService<IPasswordHasher<StaffMember>>().HashPassword(s_shell, given);
        switch (await services.GetRequiredService<IStaff>().AddAsync(asked.Person, hash, s_shell.Name, ct))
        {
            case StaffSaved.NameTaken:
                return Verbs.Usage.Print($"账号 {asked.Person.Name} 已存在");
            case StaffSaved.UnknownDepartment:
                return Verbs.Usage.Print($"没有代码为 {asked.Person.Department} 的部门");
        }

        Console.WriteLine($"已添加账号 {asked.Person.Name}（{asked.Person.Roles[0].Shown}），请在 /console/sign-in 登录并绑定手机验证器。");
        if (!asked.FromInput)
        {
            Console.WriteLine("初始密码只显示这一次，首次登录时须修改：");
            Console.WriteLine(given);
        }

        return 0;
    }

    private static Asked? Read(string[] args)
    {
        if (args is not ["add", .. var rest])
            return null;
        var (name, shown, role, department, input, settings) = ("", "", (StaffRole?)null, (string?)null, false, new List<string>());
        for (var i = 0; i < rest.Length; i++)
        {
            var value = i + 1 < rest.Length ? rest[i + 1].Trim() : "";
            switch (rest[i])
            {
                case "--name": (name, i) = (value, i + 1); break;
                case "--display-name": (shown, i) = (value, i + 1); break;
                case "--role": (role, i) = (StaffRoles.Read(value), i + 1); break;
                case "--department": (department, i) = (value, i + 1); break;
                case "--password-stdin": input = true; break;
                default: settings.Add(rest[i]); break;
            }
        }

        // Officers and counters work for a department.
        var complete = Regex.IsMatch(name, NewStaff.NamePattern + @"\z") && role is not null && shown.Length <= NewStaff.LongestDisplayName
            && (department is { Length: > 0 } || role is not (StaffRole.Officer or StaffRole.Counter));
        return complete ? new(new(name, shown.Length > 0 ? shown : name, [role!.Value], department, PasswordKept: input), input, [.. settings]) : null;
    }

    /// <param name="FromInput">Whether the password comes on standard input, of their own choice.</param>
    /// <param name="Settings">What is not ours, as with every verb.</param>
    private sealed record Asked(NewStaff Person, bool FromInput, string[] Settings);
}
