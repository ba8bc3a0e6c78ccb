using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CanhLu.Host.Traces;

/// <summary>Lets a collector have the engine's metrics, and a trace for each bulletin, where one is set.</summary>
static class OtlpRegistration
{
    // What the OTLP specification appends to a collector's base address.
    const string MetricsPath = "v1/metrics";
    const string TracesPath = "v1/traces";

    public static void AddOtlp(this OpenTelemetryBuilder telemetry, IConfiguration configuration, string site)
    {
        var services = telemetry.Services;
        services.AddOptions<OtlpOptions>().Bind(configuration.GetSection(OtlpOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpOptionsValidator>();
        var options = configuration.GetSection(OtlpOptions.Section).Get<OtlpOptions>();
        if (options?.Url is not { } url)
            return;
        services.AddHostedService<WarningTraces>();
        telemetry.ConfigureResource(resource => resource.AddService("canhlu", serviceNamespace: site, serviceVersion: CanhLu.Console.Keeping.Installed.Version))
            .WithTracing(traces => traces.AddSource(WarningTraces.SourceName).AddOtlpExporter(exporter => Set(exporter, options, url, TracesPath)))
            .WithMetrics(metrics => metrics.AddOtlpExporter((exporter, reader) =>
            {
                Set(exporter, options, url, MetricsPath);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Every.TotalMilliseconds;
            }));
    }

    static void Set(OtlpExporterOptions exporter, OtlpOptions options, Uri url, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(url.ToString().TrimEnd('/') + "/" + path);
        if (options.HeaderFile is { } file && File.Exists(file))
            exporter.Headers = File.ReadAllText(file).Trim();
    }
}
