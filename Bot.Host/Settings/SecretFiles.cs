using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Bot.Host.Settings;

/// <summary>Settings from files, one a setting, named as the environment variable would be: what containers, Kubernetes and systemd hand over secrets by.</summary>
internal static class SecretFiles
{
    private const string Usual = "/run/secrets";

    /// <summary>They override the settings file, and the environment overrides them.</summary>
    public static void AddSecretFiles(this ConfigurationManager settings)
    {
        var folder = settings["Bot:SecretsDirectory"] is { Length: > 0 } own ? own : Usual;
        if (!Directory.Exists(folder))
            return;
        var environment = settings.Sources.ToList().FindLastIndex(source => source is EnvironmentVariablesConfigurationSource);
        settings.Sources.Insert(Math.Max(environment, 0), new KeyPerFileConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)),
            IgnoreCondition = name => !name.Contains("__", StringComparison.Ordinal),
            Optional = true,
        });
    }
}
