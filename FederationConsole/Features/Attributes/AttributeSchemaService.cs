using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Attributes;

/// <summary>The schema of an environment as its page shows it.</summary>
/// <param name="Version">What a change is made on; 0: nothing was ever added.</param>
/// <param name="Number">As <see cref="AttributeSchema.Number"/>.</param>
public sealed record SchemaDetails(IReadOnlyList<AttributeDefinition> Attributes, int Version, int Number)
{
    public AttributeDefinition? Find(string? id) => Attributes.FirstOrDefault(a => a.Id == id);
}

/// <summary>
/// Edits the schema of development; production's is what was published (seed 003). Faults of every change:
/// <see cref="FaultKind.NotAllowedNow"/> in production, <see cref="FaultKind.Changed"/> when somebody else saved in between.
/// </summary>
public sealed class AttributeSchemaService(Store store, ProjectCatalog projects, AttributeLibrary library)
{
    private const string Kind = "attribute";

    private readonly AttributeRules _rules = new(library);

    /// <summary>What can be picked, in the order in which it is offered.</summary>
    public IReadOnlyList<AttributeDefinition> Library => library.All;

    public async Task<Outcome<SchemaDetails>> ReadAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var schema = await store.ReadAsync(environment.Value.Scope, db => FindAsync(db, id));
        return new SchemaDetails(schema?.Attributes ?? [], schema?.Version ?? 0, schema?.Number ?? 0);
    }

    /// <summary>How many users of the environment have a value of the attribute.</summary>
    public async Task<Outcome<int>> CountValuesAsync(Actor actor, EnvironmentId id, string attribute)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return environment.Ok
            ? await store.ReadAsync(environment.Value.Scope, db => db.Set<UserAttribute>().CountAsync(a => a.AttributeId == attribute))
            : environment.Fault;
    }

    /// <summary>What was typed, as a definition; its faults name the field (<see cref="AttributeRules.Read"/>).</summary>
    public Outcome<AttributeDefinition> Read(JsonObject definition) => _rules.Read(definition);

    /// <summary>Adds attributes of the library at the end, in the order given; those that are there already stay where they are.</summary>
    public Task<Outcome> AddFromLibraryAsync(Actor actor, EnvironmentId id, IReadOnlyList<string> ids, int version)
    {
        var picked = ids.Distinct(StringComparer.Ordinal).Select(library.Find).ToList();
        return picked.Count == 0 ? Failed(new(FaultKind.Missing, nameof(ids)))
            : picked.Contains(null) ? Failed(new(FaultKind.Invalid, nameof(ids)))
            : ChangeAsync(actor, id, version, "attribute.added", Subject(ids), attributes =>
            {
                attributes.AddRange(picked.OfType<AttributeDefinition>().Where(a => !attributes.Exists(b => b.Id == a.Id)).Select(a => a with { Library = true }));
                return null;
            });
    }

    /// <summary>Adds one of the project's own at the end. Faults: a field is wrong; <see cref="FaultKind.Taken"/> for an identifier, whatever the case of its letters.</summary>
    public Task<Outcome> DefineAsync(Actor actor, EnvironmentId id, AttributeDefinition definition, int version) =>
        _rules.Check(definition) is { } fault ? Failed(fault)
        : ChangeAsync(actor, id, version, "attribute.defined", definition.Id, attributes =>
        {
            if (attributes.Exists(a => string.Equals(a.Id, definition.Id, StringComparison.OrdinalIgnoreCase)))
            {
                return new Fault(FaultKind.Taken, nameof(id));
            }

            attributes.Add(definition with { Library = false });
            return null;
        });

    /// <summary>Of one of the project's own everything but its identifier, by which it is found; of the library's the description alone is taken.</summary>
    public Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, AttributeDefinition definition, int version) =>
        ChangeAsync(actor, id, version, "attribute.updated", definition.Id, attributes =>
        {
            var at = attributes.FindIndex(a => a.Id == definition.Id);
            if (at < 0)
            {
                return FaultKind.NotFound;
            }

            var isLibrary = attributes[at].Library;
            if ((isLibrary ? AttributeRules.CheckDescription(definition.Description ?? "") : _rules.Check(definition)) is { } fault)
            {
                return fault;
            }

            attributes[at] = isLibrary ? attributes[at] with { Description = definition.Description } : definition with { Library = false };
            return null;
        });

    /// <summary>What users have of it stays, out of sight, and is there again when it is added again.</summary>
    public Task<Outcome> DeleteAsync(Actor actor, EnvironmentId id, string attribute, int version) =>
        ChangeAsync(actor, id, version, "attribute.deleted", attribute, attributes => attributes.RemoveAll(a => a.Id == attribute) == 0 ? FaultKind.NotFound : null);

    /// <param name="position">Where it then stands, from 0.</param>
    public Task<Outcome> MoveAsync(Actor actor, EnvironmentId id, string attribute, int position, int version) =>
        ChangeAsync(actor, id, version, "attribute.moved", attribute, attributes =>
        {
            if (attributes.Find(a => a.Id == attribute) is not { } moved)
            {
                return FaultKind.NotFound;
            }

            if (position < 0 || position >= attributes.Count)
            {
                return new Fault(FaultKind.Invalid, nameof(position));
            }

            attributes.Remove(moved);
            attributes.Insert(position, moved);
            return null;
        });

    private async Task<Outcome> ChangeAsync(Actor actor, EnvironmentId id, int version, string action, string subject, Func<List<AttributeDefinition>, Fault?> change)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (environment.Value.Kind == EnvironmentKind.Production)
        {
            return new Fault(FaultKind.NotAllowedNow, null, AttributeTexts.Say("Schema.ProductionIsRead"));
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var schema = await FindAsync(db, id);
            if ((schema?.Version ?? 0) != version)
            {
                return FaultKind.Changed;
            }

            List<AttributeDefinition> attributes = [.. schema?.Attributes ?? []];
            if (change(attributes) is { } fault)
            {
                return fault;
            }

            if (attributes.Count > AttributeSchema.MaxAttributes)
            {
                return new Fault(FaultKind.NotAllowedNow, null, AttributeTexts.Say("Schema.Full", AttributeSchema.MaxAttributes));
            }

            if (JsonColumn.Text<IReadOnlyList<AttributeDefinition>>(attributes) == JsonColumn.Text(schema?.Attributes ?? []))
            {
                return Outcome.Done;
            }

            if (schema is null)
            {
                schema = new() { EnvironmentId = id, ProjectId = environment.Value.ProjectId };
                db.Add(schema);
            }

            schema.Attributes = attributes;
            schema.Version++;
            db.Audit(actor, action, Kind, subject);
            db.Signal(AttributeCatalog.Topic);
            return Outcome.Done;
        });
    }

    private static Task<AttributeSchema?> FindAsync(ConsoleDb db, EnvironmentId id) => db.Set<AttributeSchema>().FirstOrDefaultAsync(s => s.EnvironmentId == id);

    private static Task<Outcome> Failed(Fault fault) => Task.FromResult<Outcome>(fault);

    /// <summary>As many as an audit line's subject holds; its changes name them all.</summary>
    private static string Subject(IReadOnlyList<string> ids)
    {
        var all = string.Join(',', ids);
        return all.Length <= 64 ? all : all[..63] + '\u2026';
    }
}
