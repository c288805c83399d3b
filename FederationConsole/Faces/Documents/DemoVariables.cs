using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Workbench;
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
            : [.. AppVariables.Of(app), KeyValuePair.Create(AppVariables.Secret, options.Value.DemoAppSecret)];
    }
}
