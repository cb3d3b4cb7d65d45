using System.Diagnostics;
using System.Text.Encodings.Web;
using Bot.Data.Sessions;
using Bot.Handlers;
using Bot.Host.Settings;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bot.Host.Operation;

/// <summary>Traces to an OTLP collector, and logs as JSON with the trace of the message that each line belongs to. Both are off by default, and then cost nothing.</summary>
internal static class Telemetry
{
    // Npgsql's own: statements without their values.
    private const string Npgsql = "Npgsql";

    private static ActivityListener? s_correlation;

    extension(WebApplicationBuilder builder)
    {
        public void AddTelemetry()
        {
            var settings = builder.Configuration;
            var options = settings.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
            if (settings["Logging:Console:FormatterName"] is ConsoleFormatterNames.Json)
                builder.AddJsonLogs(correlate: options.OtlpEndpoint.Length == 0);
            if (options.OtlpEndpoint.Length > 0)
                builder.AddTraces(options);
        }

        private void AddJsonLogs(bool correlate)
        {
            builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
            {
                (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ");
                json.JsonWriterOptions = json.JsonWriterOptions with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
            builder.Logging.Configure(log => log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
            if (correlate)
                Correlate();
        }

        private void AddTraces(TelemetryOptions options)
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("wechat-bot", serviceInstanceId: Environment.MachineName))
                .WithTracing(traces => traces.AddSource(Tracing.SourceName, Npgsql)
                    .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
                    .AddOtlpExporter(exporter => (exporter.Endpoint, exporter.Protocol) =
                        (new Uri(options.OtlpEndpoint), OtlpExportProtocol.HttpProtobuf)));
            if (builder.Services.LastOrDefault(service => service.ServiceType == typeof(ISessions)) is not { } sessions)
                return;
            builder.Services.AddSingleton<ISessions>(provider => new TracedSessions((ISessions)(
                sessions.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, sessions.ImplementationType!))));
        }
    }

    // One activity a message, which nobody keeps: it only gives its lines a common name.
    internal static void Correlate()
    {
        if (s_correlation is not null)
            return;
        s_correlation = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> made) =>
                made.Name == Tracing.Callback ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(s_correlation);
    }
}
