using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users;

/// <summary>The users of an environment as a file.</summary>
public sealed class UserExport(Store store, ProjectCatalog projects, AttributeCatalog catalog)
{
    private const int Page = 1000;

    /// <summary>
    /// All that the page's filters find, as CSV (UTF-8 with its mark, for Excel), newest first, written as it is read. Phones and
    /// e-mails are in full, so it needs <see cref="Role.Operator"/> and leaves an audit line.
    /// </summary>
    public async Task<Outcome> WriteAsync(Actor actor, EnvironmentId id, UserQuery query, Stream to, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var scope = environment.Value.Scope;
        await store.WriteAsync(scope, db =>
        {
            db.Audit(actor, "users.exported", "environment", id.ToString());
            return Task.FromResult(Outcome.Done);
        });
        var schema = catalog.Of(id).Attributes;
        await using var csv = UserCsv.Open(to, schema);
        UserId? before = null;
        do
        {
            var (users, identities, attributes, registrations) = await store.ReadAsync(scope, db => ReadAsync(db, query, before, cancellation));
            foreach (var user in users)
            {
                var values = attributes[user.Id].ToDictionary(a => a.AttributeId, a => a.Value);
                await csv.WriteRecordAsync(UserCsv.Line(user, identities[user.Id], registrations[user.Id], schema, values), cancellation);
            }

            await csv.FlushAsync(cancellation);
            before = users.Count == Page ? users[^1].Id : null;
        }
        while (before is not null);
        return Outcome.Done;
    }

    /// <summary>By key and not by number of page: what comes and goes meanwhile shifts nothing.</summary>
    private static async Task<(List<User> Users, ILookup<UserId, Identity> Identities, ILookup<UserId, UserAttribute> Attributes, ILookup<UserId, UserRegistration> Registrations)> ReadAsync(
        ConsoleDb db, UserQuery query, UserId? before, CancellationToken cancellation)
    {
        var found = await UserService.MatchingAsync(db, query, cancellation);
        if (before is { } last)
        {
            var key = last.Value;
            found = found.Where(u => (long)(object)u.Id < key);
        }

        var users = await found.OrderByDescending(u => u.Id).Take(Page).ToListAsync(cancellation);
        var ids = users.ConvertAll(u => u.Id);
        var identities = await db.Set<Identity>().Where(i => ids.Contains(i.UserId)).OrderBy(i => i.Id).ToListAsync(cancellation);
        var attributes = await db.Set<UserAttribute>().Where(a => ids.Contains(a.UserId)).ToListAsync(cancellation);
        return (users, identities.ToLookup(i => i.UserId), attributes.ToLookup(a => a.UserId), (await UserRegistrations.OfAsync(db, ids)).ToLookup(r => r.User));
    }
}
