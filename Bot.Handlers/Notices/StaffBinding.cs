using Bot.Data.Notices;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Notices;

/// <summary>绑定 12345678: a clerk's own WeChat, which tests of notices are sent to. The code comes from the console.</summary>
public sealed class StaffBinding(INoticeTesters testers) : IHandler
{
    private const int CodeLength = 8;

    private static readonly Text s_bound = Text.Of("notice.bound");
    private static readonly Text s_wrong = Text.Of("notice.not-bound");

    internal static bool IsCode(string argument) => argument.Length == CodeLength && argument.All(char.IsAsciiDigit);

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct) =>
        await testers.BindAsync(request.Argument, request.Citizen, ct) is { } clerk ? Answer.Say(s_bound.Say(clerk)) : Answer.Say(s_wrong.Say());
}
