using System.Text.Json;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Workbench;

/// <summary>调试台 (console.md). What is chosen lives in the address; what is typed, sent and answered never reaches this circuit.</summary>
public sealed partial class WorkbenchPage
{
    private IReadOnlyList<ApiFace> faces = [];
    private IReadOnlyList<AppEntry> apps = [];

    [Inject] private ApiDocuments Documents { get; set; } = default!;
    [Inject] private ProjectCatalog Projects { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>An operation's id; the first one without.</summary>
    [SupplyParameterFromQuery] public string? Op { get; set; }

    /// <summary>The app's code; the first whose service is enabled without.</summary>
    [SupplyParameterFromQuery(Name = "app")] public string? Code { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }

    private IReadOnlyList<(ApiFace Face, IReadOnlyList<ApiOperation> Operations)> Found =>
    [
        .. faces.Select(face => (face, (IReadOnlyList<ApiOperation>)[.. face.Operations.Where(operation => string.IsNullOrEmpty(Q) || operation.Matches(Q))]))
            .Where(found => found.Item2.Count > 0),
    ];

    private IEnumerable<ApiOperation> All => faces.SelectMany(face => face.Operations);

    private ApiOperation? Shown => All.FirstOrDefault(operation => operation.Id == Op) ?? All.FirstOrDefault();

    private AppEntry? App => apps.FirstOrDefault(app => app.Code == Code) ?? apps.FirstOrDefault(app => app.ServiceEnabled) ?? (apps.Count > 0 ? apps[0] : null);

    private bool IsProduction => Context.Environment.Kind == EnvironmentKind.Production;

    /// <summary>By variable, the operation to send first.</summary>
    private string Makers => JsonSerializer.Serialize(All.SelectMany(operation => operation.Makes)
        .DistinctBy(made => made.Variable).ToDictionary(made => made.Variable, made => made.By));

    private string ListHref => Navigate.GetUriWithQueryParameter("op", (string?)null);

    protected override Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        faces = Documents.Faces;
        apps = [.. Projects.Apps(Context.Environment.Id).OrderBy(app => app.Name, StringComparer.Ordinal)];
        return Task.FromResult(Outcome.Done);
    }

    private string Href(ApiOperation operation) => Navigate.GetUriWithQueryParameter("op", operation.Id);

    private string HrefOf(AppEntry app) => Navigate.GetUriWithQueryParameter("app", app.Code);
}
