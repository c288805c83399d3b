using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Attributes;

/// <param name="Value">The canonical text; empty takes the user's value away.</param>
public sealed record AttributeChange(AttributeDefinition Attribute, string Value);

/// <summary>What a write does to a user's attributes, each of them allowed by itself.</summary>
/// <param name="Own">The user's own write: only what they may write is asked of them.</param>
public sealed record AttributeChanges(SchemaInForce Schema, bool Own, IReadOnlyList<AttributeChange> All)
{
    public static readonly AttributeChanges None = new(SchemaInForce.Empty, false, []);
}

/// <summary>
/// A user's attributes by the schema in force (seed 003): the one place where what comes becomes changes, and changes become rows.
/// Each fault names its attribute by its id.
/// </summary>
public sealed class UserAttributes(AttributeCatalog catalog, UserProfiles profiles)
{
    private static readonly FrozenDictionary<string, JsonNode> Nothing = FrozenDictionary<string, JsonNode>.Empty;

    /// <summary>A fault of this class as a face's caller knows the field: <c>attributes.city</c>.</summary>
    public static Fault OnWire(Fault fault) => fault.Field is { } id ? fault with { Field = id.Length == 0 ? "attributes" : FieldOf(id) } : fault;

    /// <summary>
    /// What a face was sent; keys that are absent stay as they are. <see cref="FaultKind.Invalid"/>: no such attribute, a value that is
    /// not allowed, or a read-only one in a user's own write.
    /// </summary>
    public Outcome<AttributeChanges> Read(EnvironmentId environment, IReadOnlyDictionary<string, JsonElement> given, bool own) =>
        Read(environment, given, own, AttributeValue.Read);

    /// <summary>The same of what an administrator typed.</summary>
    public Outcome<AttributeChanges> ReadTyped(EnvironmentId environment, IReadOnlyDictionary<string, string?> typed) =>
        Read(environment, typed, false, AttributeValue.ReadTyped);

    /// <summary>A write of its own: profile and attributes together or not at all. Faults as <see cref="ApplyAsync(ConsoleDb, UserId, AttributeChanges)"/>, and <see cref="FaultKind.UnknownUser"/>.</summary>
    public Task<Outcome> ChangeAsync(EnvironmentId environment, UserId user, ProfileChange profile, AttributeChanges changes, Actor actor) =>
        profiles.ChangeAsync(environment, user, profile, actor, db => ApplyAsync(db, user, changes));

    /// <summary>
    /// As part of the caller's write, which audits, publishes and signals when anything changed. What changes nothing touches nothing.
    /// Faults: <see cref="FaultKind.Missing"/> (a required attribute would have no value), <see cref="FaultKind.Taken"/> (another user
    /// of the environment has the unique value; one who was merged away does not count).
    /// </summary>
    /// <returns>What changed, as events name it: <c>attributes.city</c>.</returns>
    public static async Task<Outcome<IReadOnlyList<string>>> ApplyAsync(ConsoleDb db, UserId user, AttributeChanges changes) => changes.All.Count == 0
        ? Outcome.Of<IReadOnlyList<string>>([])
        : await ApplyAsync(db, user, changes, await db.Set<UserAttribute>().Where(a => a.UserId == user).ToDictionaryAsync(a => a.AttributeId));

    /// <summary>The same of a user whom this very write makes: what is required is asked for even where nothing is given.</summary>
    public static async Task<Outcome> MakeAsync(ConsoleDb db, UserId user, AttributeChanges changes)
    {
        var made = await ApplyAsync(db, user, changes, []);
        return made.Ok ? Outcome.Done : made.Fault;
    }

    /// <summary>The row of a value, which the caller has found to be allowed, free and not there.</summary>
    public static UserAttribute NewRow(UserId user, string attributeId, string value)
    {
        var row = new UserAttribute { UserId = user, AttributeId = attributeId };
        row.Set(value);
        return row;
    }

    /// <summary>Whether another user has this value; inside a write, which is serial or serializable, so that of two at once one sees the other.</summary>
    public static Task<bool> IsTakenAsync(ConsoleDb db, string attributeId, string value, UserId except)
    {
        var digest = UserAttribute.DigestOf(value);
        return db.Set<UserAttribute>().AnyAsync(a =>
            a.AttributeId == attributeId && a.Digest == digest && a.Value == value && a.UserId != except &&
            !db.Set<User>().Any(u => u.Id == a.UserId && u.MergedInto != null));
    }

    /// <summary>
    /// What a caller of a face sees, in the schema's order. A value that does not fit a definition that was changed since is left out:
    /// callers rely on the schema.
    /// </summary>
    /// <param name="stored">Canonical texts by attribute id.</param>
    public IReadOnlyDictionary<string, JsonNode> OnWire(EnvironmentId environment, IReadOnlyDictionary<string, string> stored)
    {
        var schema = catalog.Of(environment);
        if (schema.Attributes.Count == 0 || stored.Count == 0)
        {
            return Nothing;
        }

        var seen = new Dictionary<string, JsonNode>(stored.Count);
        foreach (var attribute in schema.Attributes)
        {
            if (stored.TryGetValue(attribute.Id, out var text) && AttributeValue.Fits(attribute, text))
            {
                seen[attribute.Id] = AttributeValue.ToJson(attribute, text);
            }
        }

        return seen;
    }

    private static string FieldOf(string attributeId) => "attributes." + attributeId;

    private Outcome<AttributeChanges> Read<T>(
        EnvironmentId environment, IReadOnlyDictionary<string, T> given, bool own, Func<AttributeDefinition, T, Outcome<string>> read)
    {
        var schema = catalog.Of(environment);
        var all = new List<AttributeChange>();
        foreach (var (id, value) in given)
        {
            if (schema.Find(id) is not { } attribute)
            {
                // A stranger's key is repeated only where it could have been an identifier.
                var named = id.Length is > 0 and <= 32 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
                return new Fault(FaultKind.Invalid, named ? id : "", AttributeTexts.Unknown(schema));
            }

            if (own && attribute.ReadOnly)
            {
                return new Fault(FaultKind.Invalid, id, AttributeTexts.ReadOnly);
            }

            var text = read(attribute, value);
            if (!text.Ok)
            {
                return text.Fault;
            }

            all.Add(new(attribute, text.Value));
        }

        return new AttributeChanges(schema, own, all);
    }

    private static async Task<Outcome<IReadOnlyList<string>>> ApplyAsync(ConsoleDb db, UserId user, AttributeChanges changes, Dictionary<string, UserAttribute> rows)
    {
        var given = changes.All.ToDictionary(c => c.Attribute.Id, c => c.Value);
        var lacking = changes.Schema.Attributes.FirstOrDefault(a =>
            a.Required && !(changes.Own && a.ReadOnly) && (given.TryGetValue(a.Id, out var value) ? value.Length == 0 : !rows.ContainsKey(a.Id)));
        if (lacking is not null)
        {
            return new Fault(FaultKind.Missing, lacking.Id);
        }

        List<string> changed = [];
        foreach (var (attribute, value) in changes.All)
        {
            var row = rows.GetValueOrDefault(attribute.Id);
            if (value == (row?.Value ?? ""))
            {
                continue;
            }

            if (attribute.Unique && value.Length > 0 && await IsTakenAsync(db, attribute.Id, value, user))
            {
                return new Fault(FaultKind.Taken, attribute.Id);
            }

            changed.Add(FieldOf(attribute.Id));
            if (row is null)
            {
                db.Add(NewRow(user, attribute.Id, value));
            }
            else if (value.Length == 0)
            {
                db.Remove(row);
            }
            else
            {
                row.Set(value);
            }
        }

        return Outcome.Of<IReadOnlyList<string>>(changed);
    }
}
