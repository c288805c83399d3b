using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Users;

/// <summary>What the tests of this folder's services ask of a world.</summary>
internal static class UserServices
{
    public static Actor As(this World world, Role role) => Admins.With(role, world.Development.ProjectId);

    public static Task<T> ReadAsync<T>(this World world, Func<ConsoleDb, Task<T>> read) => world.Get<Store>().ReadAsync(world.Development.Scope, read);

    public static Task<User> UserAsync(this World world, UserId id) => world.ReadAsync(db => db.Set<User>().SingleAsync(u => u.Id == id));

    public static Task<int> CountAsync(this World world) => world.ReadAsync(db => db.Set<User>().CountAsync());

    /// <summary>The events of a user, in their order, as type and payload.</summary>
    public static async Task<IReadOnlyList<(string Type, string Payload)>> EventsAsync(this World world, UserId id) =>
        (await world.ReadAsync(db => db.Set<OutboxEvent>().Where(e => e.UserId == id).OrderBy(e => e.Id).ToListAsync())).ConvertAll(e => (e.Type, e.Payload));

    public static async Task<IReadOnlyList<string>> AuditAsync(this World world, string subject) =>
        await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().Where(l => l.SubjectId == subject).OrderBy(l => l.Id).Select(l => l.Action).ToListAsync());

    /// <summary>Every cell of every table, as text.</summary>
    public static Task<string> EverythingAsync(this World world) => world.Get<Store>().ReadAsync(Scope.Host, async db =>
    {
        var all = new StringBuilder();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    all.Append(table).Append('.').Append(reader.GetName(i)).Append('=').Append(reader.GetValue(i)).Append('\n');
                }
            }
        }

        return all.ToString();
    });
}
