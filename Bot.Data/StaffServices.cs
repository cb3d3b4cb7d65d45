using Bot.Data.Audit;
using Bot.Data.Conversations;
using Bot.Data.Followers;
using Bot.Data.Menus;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data;

public static class StaffServices
{
    /// <summary>The stores of staff, departments and the audit log; after AddBotDatabase.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<IDepartments, PostgresDepartments>()
        .AddSingleton<IStaff, PostgresStaff>()
        .AddSingleton<IStaffSignIn, PostgresStaffSignIn>()
        .AddSingleton<ISignInBrake, PostgresSignInBrake>()
        .AddSingleton<IStaffSessions, PostgresStaffSessions>()
        .AddSingleton<IFormOnce, PostgresFormOnce>()
        .AddSingleton<IXmlRepository, PostgresKeyRing>().AddSingleton<IXmlEncryptor, KeyRingSeal>()
        .AddSingleton<IAuditLog, PostgresAuditLog>()
        .AddSingleton<IAuditTrail, PostgresAuditTrail>()
        .AddSingleton<ISavedLists, PostgresSavedLists>()
        .AddSingleton<IFollowerList, PostgresFollowerList>().AddSingleton<IFollowerTags, PostgresFollowerTags>()
        .AddSingleton<IMenuDrafts, PostgresMenuDrafts>().AddSingleton<IMenuVariants, PostgresMenuVariants>()
        .AddSingleton<PostgresConversations>()
        .AddSingleton<IDeskPictures, PostgresDeskPictures>()
        .AddSingleton<IConversations>(provider => provider.GetRequiredService<PostgresConversations>())
        .AddSingleton<IDeskCalls>(provider => provider.GetRequiredService<PostgresConversations>());
}
