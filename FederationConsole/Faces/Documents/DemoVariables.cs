using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using Microsoft.Extensions.Options;

namespace FederationConsole.Faces.Documents;

/// <summary>
/// The values that the calls of the documents are made with. Those of the demo project, whose secret its seed publishes, and in Development
/// alone: everywhere else they are empty, and the collection is for whoever has keys.
/// </summary>
public sealed class DemoVariables(ProjectCatalog projects, IHostEnvironment host, IOptions<QrLoginOptions> options)
{
    /// <summary>Names of all, in the order in which the collection lists them.</summary>
    private static readonly string[] Names = ["corp_id", "app_key", "app_secret", "return_url", "return_origin", "redirect_uri"];

    /// <summary>Whether the sandbox is there to sign people in.</summary>
    public bool HasSandbox => host.IsDevelopment();

    public IReadOnlyList<KeyValuePair<string, string>> Read()
    {
        var app = HasSandbox && options.Value.DemoAppKey is { Length: > 0 } key ? projects.App(key) : null;
        return app is null || !app.HasSecret(options.Value.DemoAppSecret)
            ? [.. Names.Select(name => KeyValuePair.Create(name, ""))]
            : [.. Of(app), KeyValuePair.Create("app_secret", options.Value.DemoAppSecret)];
    }

    /// <summary>What is known of an app without its secret.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(AppEntry app)
    {
        var back = app.Environment.ReturnUrls is [var first, ..] ? first : "";
        return
        [
            KeyValuePair.Create("corp_id", app.Environment.CorpId), KeyValuePair.Create("app_key", app.AppKey), KeyValuePair.Create("return_url", back),
            KeyValuePair.Create("return_origin", Uri.TryCreate(back, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : ""),
            KeyValuePair.Create("redirect_uri", app.RedirectUris is [var callback, ..] ? callback : ""),
        ];
    }
}
