using System.Text;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserExportTests
{
    [Theory, BothDatabases]
    public async Task The_filters_hold_and_nothing_runs_as_a_formula(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var editor = world.Get<UserEditor>();
        World.Value(await editor.CreateAsync(Actor.Host, world.Development.Id, new("li", "13838383388", "", "li@example.com", "=1+1"), null));
        World.Value(await editor.CreateAsync(Actor.Host, world.Development.Id, new("han", Nickname: "＝cmd"), null));
        await world.LoginAsync("third", """{"nickname":"@x"}""");

        // Escaped cells are quoted as well, or not: both read alike.
        var all = (await ExportAsync(world, new())).Replace("\"", "", StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFuser_id,account_id,account,phone,phone_zone,email,nickname,gender,origin,created_at,disabled_at,merged_into,identities,registrations\r\n", all, StringComparison.Ordinal);
        Assert.Contains(",li,13838383388,'+86,li@example.com,'=1+1,0,0,", all, StringComparison.Ordinal);
        Assert.Contains(",'＝cmd,", all, StringComparison.Ordinal);
        Assert.Contains(",'@x,0,10,", all, StringComparison.Ordinal);
        Assert.Contains(",10::third,\r\n", all, StringComparison.Ordinal);

        var own = await ExportAsync(world, new(Origin: 10));
        Assert.Equal(2, own.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(2, (await world.AuditAsync(world.Development.Id.ToString())).Count(action => action == "users.exported"));
    }

    [Fact]
    public async Task More_than_a_page_is_written_each_user_once()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        World.Done(await world.Get<FederationConsole.Data.Store>().WriteAsync(world.Development.Scope, db =>
        {
            for (var i = 0; i < 1001; i++)
            {
                db.Add(new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), CreatedAt = db.Now });
            }

            db.Audit(Actor.Host, "users.made", "environment", "");
            return Task.FromResult(Outcome.Done);
        }));

        var lines = (await ExportAsync(world, new())).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1002, lines.Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Neither_a_lower_role_nor_the_neighbour_environment_gets_anything(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync("13838383388");
        using var to = new MemoryStream();
        Assert.Equal(FaultKind.Forbidden, (await world.Get<UserExport>().WriteAsync(world.As(Role.ReadOnly), world.Development.Id, new(), to, default)).Fault?.Kind);
        Assert.Equal(0, to.Length);
        World.Done(await world.Get<UserExport>().WriteAsync(world.As(Role.Operator), world.Production.Id, new(), to, default));
        Assert.DoesNotContain("13838383388", Encoding.UTF8.GetString(to.ToArray()), StringComparison.Ordinal);
        // And nobody at all without signing in.
        using var answer = await world.Host.Http.GetAsync(new Uri("/p/acme/development/users.csv", UriKind.Relative));
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string> ExportAsync(World world, UserQuery query)
    {
        using var to = new MemoryStream();
        World.Done(await world.Get<UserExport>().WriteAsync(world.As(Role.Operator), world.Development.Id, query, to, default));
        return Encoding.UTF8.GetString(to.ToArray());
    }
}
