using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FederationConsole.Platform;

/// <summary>
/// Meters and traces over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set (its other OTEL_ variables are read by the
/// exporter): the framework's own and the product's, all named <see cref="Name"/>. Addresses go out without their queries.
/// </summary>
public sealed class Telemetry : IHostedService, IDisposable
{
    public const string Name = "FederationConsole";
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private TracerProvider? _traces;
    private MeterProvider? _meters;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(Name);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Name, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql").AddOtlpExporter().Build();
        _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql")
            .AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush();
        _meters?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _meters?.Dispose();
    }
}

public static class TelemetryRegistration
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[Telemetry.EndpointVariable]))
        {
            services.AddHostedService<Telemetry>();
        }
    }
}
