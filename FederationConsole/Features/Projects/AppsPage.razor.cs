using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Projects;

/// <summary>应用: the apps of the project, with the keys of the environment one stands in. Search and the open card live in the address.</summary>
public sealed partial class AppsPage
{
    private IReadOnlyList<AppDetails> apps = [];

    [Inject] private AppService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary>The app whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "app")] public string? Code { get; set; }

    /// <summary>The environment that the card shows; the one in the path when absent.</summary>
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    /// <summary>Present: the card for a new app is open.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    private string CloseHref => Card(null, null);

    private string NewHref => Card(null, "app");

    /// <summary>A project has few apps: what was typed is looked for in memory.</summary>
    private List<AppDetails> Found =>
        [.. apps.Where(a => string.IsNullOrEmpty(Q) || new[] { a.Name, a.Code }.Concat(a.Credentials.Select(c => c.AppKey)).Any(t => t.Contains(Q, StringComparison.OrdinalIgnoreCase)))];

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Project.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        apps = found.Value;
        return Outcome.Done;
    }

    private CredentialDetails Here(AppDetails app) => app.Credentials.Single(c => c.Environment == Context.Environment.Kind);

    private string Href(AppDetails app) => HrefOf(app.Code);

    private string HrefOf(string code) => Card(code, null);

    private string Card(string? app, string? create) => Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = app, ["new"] = create, ["tab"] = null });
}
