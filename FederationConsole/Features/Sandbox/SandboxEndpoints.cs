using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FederationConsole.Features.Sandbox;

/// <summary>
/// Third parties that stand inside the host, so that a newcomer can log in offline. They issue identities to whoever asks:
/// outside Development nothing is mapped, whatever the caller of <see cref="MapSandbox"/> thinks.
/// </summary>
public static class SandboxEndpoints
{
    private const int IssueBytes = 16 * 1024;

    public static IServiceCollection AddSandbox(this IServiceCollection services)
    {
        services.AddOptions<SandboxOptions>()
            .BindConfiguration(SandboxOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<StandardPersons>()
            .AddSingleton<StandardJournal>()
            .AddSingleton<StandardSignature>()
            .AddSingleton<StandardUserInfo>();
    }

    public static void MapSandbox(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var standard = app.MapGroup("/sandbox/standard").AllowAnonymous().ExcludeFromDescription();
        standard.MapGet("", StandardPage.ShowAsync);
        standard.MapGet("/state", StandardState.Get);
        standard.MapPost("/issue", StandardIssue.IssueAsync).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        standard.MapPut("/persons/{openId}/behaviour", StandardIssue.BehaveAsync).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        // A plain RequestDelegate: no binding, no filters. The login benchmark asks this one.
        standard.MapGet("/userinfo", app.ServiceProvider.GetRequiredService<StandardUserInfo>().AnswerAsync);
    }
}
