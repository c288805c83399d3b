using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Tests.Shell;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FederationConsole.Tests.Features.Users;

/// <summary>The pages of 用户 over a host with its database, seen by an administrator of a role.</summary>
public abstract class UsersContext : ShellContext, IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    internal Gate Door { get; private set; } = null!;

    protected NavigationManager Navigate => Services.GetRequiredService<NavigationManager>();

    public async Task InitializeAsync()
    {
        World = await World.CreateAsync(DatabaseKind.Sqlite);
        Door = new(World.Get<IDbContextFactory<ConsoleDb>>());
        var store = new Store(Door, World.Get<IWriter>(), World.Get<Ids>(), World.Host.Time);
        Services.AddSingleton<TimeProvider>(World.Host.Time);
        Services.AddSingleton(World.Get<ProjectCatalog>());
        Services.AddSingleton(new UserService(store, World.Get<ProjectCatalog>()));
        Services.AddSingleton(World.Get<UserSessions>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Registrations.UserRegistrations>());
        Services.AddSingleton(World.Get<Signals>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Attributes.AttributeCatalog>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Users.UserEditor>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Users.UserAccess>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Users.UserEraser>());
        Services.AddSingleton(World.Get<FederationConsole.Features.Users.Imports.UserImports>());
        Services.AddSingleton(World.Get<IHostEnvironment>());
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await World.DisposeAsync();
    }

    internal Actor As(Role role) => new(ActorKind.Administrator, "7", "管理员", null, null) { Grants = [new(World.Development.ProjectId.Value, role)] };

    internal ConsoleContext Seen(Actor actor)
    {
        ConsoleEnvironment development = new(World.Development.Id, EnvironmentKind.Development);
        return new(actor, new(World.Development.ProjectId, "acme", "示例企业", development, new(World.Production.Id, EnvironmentKind.Production)), development);
    }

    /// <summary>Opens the page at <c>users?query</c>.</summary>
    internal IRenderedComponent<FederationConsole.Features.Users.UsersPage> Open(string query = "", Role role = Role.Operator) =>
        Open(query, As(role));

    internal IRenderedComponent<FederationConsole.Features.Users.UsersPage> Open(string query, Actor actor)
    {
        Navigate.NavigateTo("/p/acme/development/users" + query);
        return Render<FederationConsole.Features.Users.UsersPage>(with => with.AddCascadingValue(Seen(actor)));
    }

    internal async Task<Login> LoginAsync(string openId, string nickname, string? phone = null)
    {
        var login = await World.LoginAsync(openId, $$"""{"nickname":"{{nickname}}"}""");
        if (phone is not null)
        {
            // Written here, since no way in gives a user a phone yet.
            World.Done(await World.Get<Store>().WriteAsync(World.Development.Scope, async db =>
            {
                var user = await db.Set<User>().SingleAsync(u => u.Id == new UserId(login.UserId));
                (user.Phone, user.PhoneZone) = ("+86" + phone, "+86");
                db.Audit(Actor.Host, "user.updated", "user", user.Id.ToString());
                return Outcome.Done;
            }));
        }

        return login;
    }

    /// <summary>Holds back reads until it is opened.</summary>
    internal sealed class Gate(IDbContextFactory<ConsoleDb> inner) : IDbContextFactory<ConsoleDb>
    {
        private TaskCompletionSource? _closed;

        public void Close() => _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _closed?.SetResult();

        public ConsoleDb CreateDbContext() => inner.CreateDbContext();

        public async Task<ConsoleDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            if (_closed is { } closed)
            {
                await closed.Task;
            }

            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }
}
