using Bot.Data.Audit;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data;

public static class StaffServices
{
    /// <summary>The stores of staff, departments and the audit log; after AddBotDatabase.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<IDepartments, PostgresDepartments>()
        .AddSingleton<IAuditLog, PostgresAuditLog>();
}
