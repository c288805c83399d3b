using System.Globalization;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Sources;

/// <summary>免验证登录: every source of seed 002 in its order; Apple and Google once an app.</summary>
public sealed partial class SourcesPage
{
    private IReadOnlyList<SourceDetails> sources = [];
    private IReadOnlyDictionary<SourceKind, IReadOnlyList<SourceHour>> use = default!;

    [Inject] private SourceService Service { get; set; } = default!;
    [Inject] private ProjectCatalog Projects { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>The number of the source whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "source")] public string? Number { get; set; }

    /// <summary>The app whose set-up is shown, where each has its own.</summary>
    [SupplyParameterFromQuery(Name = "app")] public string? App { get; set; }

    private SourceKind? Open =>
        int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((SourceKind)number) ? (SourceKind)number : null;

    private IEnumerable<Row> Rows => Enum.GetValues<SourceKind>().Select(kind => new Row(
        kind, sources.Where(s => s.Source == kind).ToList(), use[kind], Service.Health(Context.Environment.Id, kind)));

    private IReadOnlyList<(string Key, string Name)> Apps =>
        [.. Projects.Apps(Context.Environment.Id).Select(a => (a.AppKey, a.Name)).OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>The key of the text of one set-up's state.</summary>
    internal static string StateOf(SourceDetails? source) => source switch
    {
        null => "State.NotSetUp",
        { Enabled: true } => "State.On",
        _ => "State.Off",
    };

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        var used = await Service.UseAsync(Context.Actor, Context.Environment.Id);
        if (!used.Ok)
        {
            return used.Fault;
        }

        (sources, use) = (found.Value, used.Value);
        return Outcome.Done;
    }

    private string Href(SourceKind? kind) => Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = (int?)kind, ["app"] = null });

    /// <summary>Where each app has its own: how many of those set up are on.</summary>
    private string State(Row row) => row.SetUp.Count > 1
        ? T["State.Some", row.SetUp.Count(s => s.Enabled), row.SetUp.Count]
        : T[StateOf(row.SetUp.Count == 0 ? null : row.SetUp[0])];

    private sealed record Row(SourceKind Kind, IReadOnlyList<SourceDetails> SetUp, IReadOnlyList<SourceHour> Hours, OutboundHealth Health)
    {
        public bool IsOn => SetUp.Any(s => s.Enabled);

        public long SignIns => Hours.Sum(h => h.Succeeded + h.Failed);
    }
}
