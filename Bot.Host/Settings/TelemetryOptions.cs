namespace Bot.Host.Settings;

/// <summary>Where traces go; section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>An OTLP collector's address for traces over HTTP, such as <c>http://collector:4318/v1/traces</c>; empty: no traces.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Which part of messages is traced. 0 to 1.</summary>
    public double SampleRatio { get; set; } = 0.01;
}
