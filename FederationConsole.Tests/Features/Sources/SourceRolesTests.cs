using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Sources;

/// <summary>Every method of the service, as a table: the role below is refused, and so is an owner of another project.</summary>
public sealed class SourceRolesTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, (Role Needs, Func<World, Actor, Task<Fault?>> Call)> Calls =
        new Dictionary<string, (Role, Func<World, Actor, Task<Fault?>>)>
        {
            ["list"] = (Role.ReadOnly, async (w, a) => (await Sources(w).ListAsync(a, w.Development.Id)).Fault),
            ["switch"] = (Role.Manager, async (w, a) => (await Sources(w).SwitchAsync(a, w.Development.Id, SourceKind.Standard, "", enabled: false)).Fault),
            ["save"] = (Role.Manager, async (w, a) => (await Sources(w).SaveAsync(a, w.Development.Id, new(
                SourceKind.Standard, "", Enabled: true, new Dictionary<string, string> { ["url"] = w.Party.Url }, new Dictionary<string, string?>(), Version: 1))).Fault),
            ["try"] = (Role.Operator, async (w, a) => (await Sources(w).TryAsync(a, w.Development.Id, SourceKind.Standard, "", new("ming", w.Party.SignIn("ming")), CancellationToken.None)).Fault),
        };

    private World _world = null!;

    public static TheoryData<string> Names => [.. Calls.Keys];

    public async Task InitializeAsync() => _world = await World.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Needs_its_role_for_this_project(string name)
    {
        var (needs, call) = Calls[name];
        var other = World.Value(await _world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        Assert.Equal(FaultKind.Forbidden, (await call(_world, Admins.With(needs - 1, _world.Development.ProjectId)))?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await call(_world, Admins.With(Role.Owner, other)))?.Kind);
        Assert.Null(await call(_world, Admins.With(needs, _world.Development.ProjectId)));
    }

    private static SourceService Sources(World world) => world.Get<SourceService>();
}
