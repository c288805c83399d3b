using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Sources;

/// <summary>免验证登录: every source of seed 002 in its order, also those that this build cannot ask yet.</summary>
public sealed partial class SourcesPage
{
    private IReadOnlyList<SourceDetails> sources = [];

    [Inject] private SourceService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>The number of the source whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "source")] public string? Number { get; set; }

    private SourceKind? Open =>
        int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IsShown((SourceKind)number) ? (SourceKind)number : null;

    private IEnumerable<Row> Rows => Enum.GetValues<SourceKind>().Select(kind => new Row(
        kind, IsShown(kind), sources.FirstOrDefault(s => s.Source == kind), Service.Health(Context.Environment.Id, kind)));

    /// <summary>The form of a source that each app has for itself needs the app beside it.</summary>
    private bool IsShown(SourceKind kind) => Service.Supported.Contains(kind) && !SourceRules.IsByApp(kind);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        sources = found.Value;
        return Outcome.Done;
    }

    private string Href(SourceKind? kind) => Navigate.GetUriWithQueryParameter("source", (int?)kind);

    private sealed record Row(SourceKind Kind, bool Supported, SourceDetails? Details, OutboundHealth? Health)
    {
        public bool IsOn => Supported && Details is { Enabled: true };

        /// <summary>The key of its text.</summary>
        public string State => (Supported, Details) switch
        {
            (false, _) => "State.Absent",
            (_, null) => "State.NotSetUp",
            (_, { Enabled: true }) => "State.On",
            _ => "State.Off",
        };
    }
}
