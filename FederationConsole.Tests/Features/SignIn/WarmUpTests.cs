using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.SignIn;

public sealed class WarmUpTests
{
    [Theory, BothDatabases]
    public async Task A_start_that_warmed_up_leaves_nobody_behind(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        var store = host.Services.GetRequiredService<Store>();

        var left = await store.ReadAsync(Scope.Host, async db => (
            Users: await db.Set<User>().IgnoreQueryFilters().CountAsync(),
            Sessions: await db.Set<Session>().IgnoreQueryFilters().CountAsync(),
            Events: await db.Set<OutboxEvent>().IgnoreQueryFilters().CountAsync(),
            Lines: await db.Set<AuditLine>().IgnoreQueryFilters().CountAsync(line => line.Action.StartsWith("user."))));

        Assert.Equal((0, 0, 0, 0), left);
    }
}
