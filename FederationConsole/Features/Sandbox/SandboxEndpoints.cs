using FederationConsole.Features.Sandbox.VendorAccounts;
using FederationConsole.Features.Sandbox.Vendors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
            .AddSingleton<StandardUserInfo>()
            .AddSingleton<VendorAccountBook>()
            .AddSingleton<VendorAccountJournal>()
            .AddSingleton<VendorAccountServer>()
            .AddSingleton<Vendor, WeChatSandbox>()
            .AddSingleton<Vendor, QQSandbox>()
            .AddSingleton<Vendor, WeiboSandbox>()
            .AddSingleton<Vendor, FacebookSandbox>()
            .AddSingleton<Vendor, TwitterSandbox>()
            .AddSingleton<Vendor, AlipaySandbox>()
            .AddSingleton<Vendor, AppleSandbox>()
            .AddSingleton<Vendor, GoogleSandbox>();
    }

    public static void MapSandbox(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var sandbox = app.MapGroup("/sandbox").AllowAnonymous().ExcludeFromDescription();
        var vendors = app.ServiceProvider.GetServices<Vendor>().ToList();
        sandbox.MapGet("", (Delegate)((HttpContext context) => IndexPage.ShowAsync(context, vendors)));
        foreach (var vendor in vendors)
        {
            Map(sandbox.MapGroup("/" + vendor.Name), vendor);
        }

        VendorAccountEndpoints.Map(sandbox.MapGroup("/vendor").WithMetadata(new RequestSizeLimitAttribute(IssueBytes)));
        var standard = sandbox.MapGroup("/standard");
        standard.MapGet("", (Delegate)((HttpContext context) => SandboxPage.ShowAsync(context, "standard", (_, _) => null)));
        standard.MapGet("/state", StandardState.Get);
        standard.MapPost("/issue", StandardIssue.IssueAsync).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        standard.MapPut("/persons/{openId}/behaviour", StandardIssue.BehaveAsync).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        // A plain RequestDelegate: no binding, no filters. The login benchmark asks this one.
        standard.MapGet("/userinfo", app.ServiceProvider.GetRequiredService<StandardUserInfo>().AnswerAsync);
    }

    /// <summary>The page's own addresses go before the vendor's, which has everything else below its name.</summary>
    private static void Map(RouteGroupBuilder group, Vendor vendor)
    {
        group.MapGet("", (Delegate)((HttpContext context) => VendorPage.ShowAsync(context, vendor)));
        group.MapGet("/state", (string? run, long? version, HttpResponse response, IOptions<SandboxOptions> options) => VendorState.Get(vendor, run, version, response, options.Value));
        group.MapPost("/issue", (HttpContext context, TimeProvider clock) => VendorIssue.IssueAsync(vendor, context, clock)).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        group.MapPut("/persons/{openId}/behaviour", (string openId, HttpContext context) => VendorIssue.BehaveAsync(vendor, openId, context)).WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
        group.MapMethods("/{**path}", ["GET", "POST"], (string path, HttpContext context, TimeProvider clock) => VendorWire.AnswerAsync(vendor, "/" + path, context, clock))
            .WithMetadata(new RequestSizeLimitAttribute(IssueBytes));
    }
}
