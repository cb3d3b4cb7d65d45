using System.IO.Compression;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Host.Operation;
using Bot.Host.Pages.Console.Home;
using Bot.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Bot.Host.Pages.Console;

/// <summary>The staff console: sign-in, frame, and what all its pages share.</summary>
internal static class ConsoleServices
{
    public const string Policy = "staff";

    extension(IServiceCollection services)
    {
        public IServiceCollection AddConsole(OidcOptions oidc)
        {
            services.AddSingleton(oidc);
            services.AddAuthentication(StaffAuthentication.Name).AddScheme<AuthenticationSchemeOptions, StaffAuthentication>(StaffAuthentication.Name, null).AddOidc(oidc);
            services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(StaffAuthentication.Name).RequireAuthenticatedUser());
            services.AddDataProtection().SetApplicationName("bot");
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
                keys =>
                {
                    keys.XmlRepository = provider.GetRequiredService<IXmlRepository>();
                    // Without a key of ours they lie in the database as they are, as do those of personal fields.
                    if (provider.GetRequiredService<MasterKeys>().Current.Length > 0)
                        keys.XmlEncryptor = provider.GetRequiredService<IXmlEncryptor>();
                }));
            // It would read the keys before the tables are there; they are read when a form first needs them.
            services.RemoveAll(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Name == "DataProtectionHostedService");
            services.AddSingleton<IPasswordHasher<StaffMember>, PasswordHasher<StaffMember>>();
            services.AddSingleton<SignInDesk>().AddSingleton<SecondFactor>();
            services.AddSingleton<FollowerLink>().AddSingleton<StaffNames>().AddSingleton<CitizenAside>().AddSingleton<Finder>();
            services.AddScoped<FormOnceFilter>();
            services.AddHostedService<AuditSealer>();
            services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(SignInRate.Name, SignInRate.Limit));
            services.Configure<RazorPagesOptions>(pages =>
            {
                pages.Conventions.AuthorizeFolder("/Console", Policy);
                pages.Conventions.AddFolderApplicationModelConvention("/Console", page => page.Filters.Add(new ServiceFilterAttribute<FormOnceFilter>()));
            });
            services.Configure<MvcOptions>(ChineseMessages.Configure);
            services.Configure<MvcOptions>(mvc => mvc.ModelBinderProviders.Insert(0, new SwitchBinder()));
            services.AddResponseCompression(compression =>
            {
                // Pages too: the secret in a form is masked anew each time, and no other site can make a browser ask with our cookie.
                compression.EnableForHttps = true;
                compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
            });
            services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
            services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
            services.AddSingleton<IDashboardSource, ConversationFigures>().AddSingleton<IDashboardSource, BookingFigures>().AddSingleton<IDashboardSource, FollowerFigures>();
            return services;
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Before the files and pages that it compresses.</summary>
        public void UseConsole() => app.UseWhen(IsConsole, console => console.UseResponseCompression());
    }

    private static bool IsConsole(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/console") || context.Request.Path.StartsWithSegments("/lib");

    private static void RemoveAll(this IServiceCollection services, Predicate<ServiceDescriptor> which)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (which(services[i]))
                services.RemoveAt(i);
        }
    }
}
