using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.QrLogin;

/// <summary>Where a login may lead: the app's registered addresses and origins, exactly as registered (RFC 9700, 2.1).</summary>
public sealed class ScanTargets(IOptions<QrLoginOptions> options, IHostEnvironment host)
{
    public const string RedirectField = "redirect_uri";
    public const string OriginField = "origin";

    /// <summary>Where the demo comes back, on whatever address this host is reached.</summary>
    public const string DemoCallback = "/demo/login/callback";

    /// <summary>The app that the demo plays; null where there is no demo.</summary>
    public string? DemoAppKey { get; } = host.IsDevelopment() && options.Value.DemoAppKey.Length > 0 ? options.Value.DemoAppKey : null;

    /// <summary>
    /// Character for character, and written so that no browser reads it otherwise than we do. The fault names the field:
    /// <see cref="FaultKind.Invalid"/>, <see cref="RedirectField"/>.
    /// </summary>
    /// <param name="ownOrigin">Where the caller reached us.</param>
    public Outcome CheckRedirect(AppEntry app, string redirectUri, string ownOrigin) =>
        Addresses.IsRedirect(redirectUri) && (app.RedirectUris.Contains(redirectUri, StringComparer.Ordinal) || IsDemo(app, redirectUri, ownOrigin))
            ? Outcome.Done
            : new Fault(FaultKind.Invalid, RedirectField);

    /// <summary>Pages of this host itself (demo, the console's preview) may embed as registered ones do: they are of one origin with the code.</summary>
    public static Outcome CheckOrigin(AppEntry app, string origin, string ownOrigin) =>
        origin == ownOrigin || (Addresses.IsOrigin(origin) && app.Origins.Contains(origin, StringComparer.Ordinal))
            ? Outcome.Done
            : new Fault(FaultKind.Invalid, OriginField);

    private bool IsDemo(AppEntry app, string redirectUri, string ownOrigin) => app.AppKey == DemoAppKey && redirectUri == ownOrigin + DemoCallback;
}
