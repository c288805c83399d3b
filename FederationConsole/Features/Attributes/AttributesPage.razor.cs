using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Attributes;

/// <summary>A row of the list.</summary>
/// <param name="Attribute">Null for what every user has anyway.</param>
/// <param name="Position">In the schema, from 0.</param>
internal sealed record SchemaRow(string Id, string Name, AttributeDefinition? Attribute, int Position);

/// <summary>用户属性 (seed 003): the schema of the environment, edited in development and read in production. Search and the open card live in the address.</summary>
public sealed partial class AttributesPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private SchemaDetails schema = new([], 0, 0);
    private SignalFollower? live;
    private Fault? fault;
    private string? said;
    private bool moving;

    [Inject] private AttributeSchemaService Service { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary>The attribute whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "attribute")] public string? Id { get; set; }

    /// <summary>Present: the card for a new attribute is open; <c>custom</c> with the form, else with the library.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    /// <summary>Present: the form that the schema makes is shown.</summary>
    [SupplyParameterFromQuery] public string? Preview { get; set; }

    private bool MayChange => Context.May(Role.Manager) && !Context.Environment.IsProduction;

    private string CloseHref => Card(null, null);

    private string NewHref => Card("new", "library");

    private IEnumerable<SchemaRow> BuiltIn => new[] { "phone", "email" }.Select(id => new SchemaRow(id, T[$"BuiltIn.{id}"], null, -1));

    /// <summary>A schema is small: what was typed is looked for in memory.</summary>
    private List<SchemaRow> Found =>
        [.. BuiltIn.Concat(schema.Attributes.Select((a, at) => new SchemaRow(a.Id, a.Name, a, at)))
            .Where(row => string.IsNullOrEmpty(Q) || row.Id.Contains(Q, StringComparison.OrdinalIgnoreCase) || row.Name.Contains(Q, StringComparison.OrdinalIgnoreCase))];

    protected override void OnInitialized() => live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ReadAsync(Context.Actor, Context.Environment.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        schema = found.Value;
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>An import tells of all environments at once.</summary>
    private bool Matters(Signal signal) =>
        signal.Topic == AttributeCatalog.Topic && (signal.Environment == 0 || signal.Environment == Context.Environment.Id.Value);

    private async Task MoveAsync(SchemaRow row, int by)
    {
        moving = true;
        var outcome = await Service.MoveAsync(Context.Actor, Context.Environment.Id, row.Id, row.Position + by, schema.Version);
        (moving, fault) = (false, outcome.Fault);
        said = outcome.Ok ? T["Move.Done", row.Name, row.Position + by + 1].Value : null;
        await ReloadAsync();
    }

    private string Card(string? key, string? value)
    {
        var query = new Dictionary<string, object?>(StringComparer.Ordinal) { ["attribute"] = null, ["new"] = null, ["preview"] = null };
        if (key is not null)
        {
            query[key] = value;
        }

        return Navigate.GetUriWithQueryParameters(query);
    }
}
