using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console.Notices;

internal static class NoticePages
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddNoticePages() => services.AddSingleton<IDashboardSource, NoticeDashboard>().AddSingleton<LargeDrafts>();
    }
}
