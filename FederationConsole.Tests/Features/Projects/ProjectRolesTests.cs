using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Projects;

/// <summary>Every method of the two services, as a table: the role below is refused, and so is the same role for another project.</summary>
public sealed class ProjectRolesTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, (Role Needs, Func<World, Actor, Task<Fault?>> Call)> Calls =
        new Dictionary<string, (Role, Func<World, Actor, Task<Fault?>>)>
        {
            ["apps of a project"] = (Role.ReadOnly, async (w, a) => (await Apps(w).ListAsync(a, Project(w))).Fault),
            ["create an app"] = (Role.Manager, async (w, a) => (await Apps(w).CreateAsync(a, Project(w), "made", "x")).Fault),
            ["rename an app"] = (Role.Manager, async (w, a) => (await Apps(w).RenameAsync(a, Project(w), (await ShopAsync(w)).Id, "x", (await ShopAsync(w)).Version)).Fault),
            ["enable the service"] = (Role.Owner, async (w, a) => (await Apps(w).EnableServiceAsync(a, Project(w), (await ShopAsync(w)).Id)).Fault),
            ["addresses"] = (Role.Manager, async (w, a) => (await Apps(w).SetAddressesAsync(a, Project(w), (await KeyAsync(w)).Id, [], [], (await KeyAsync(w)).Version)).Fault),
            ["add a secret"] = (Role.Owner, async (w, a) => (await Apps(w).AddSecretAsync(a, Project(w), (await KeyAsync(w)).Id)).Fault),
            ["retire a secret"] = (Role.Owner, async (w, a) => (await Apps(w).RetireSecretAsync(a, Project(w), (await KeyAsync(w)).Id, (await KeyAsync(w)).Secrets[0].Id)).Fault),
            ["rename a project"] = (Role.Manager, async (w, a) => (await w.Get<ProjectService>().RenameAsync(a, Project(w), "x")).Fault),
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
        Assert.Equal(FaultKind.Forbidden, (await call(_world, Admins.With(needs - 1, Project(_world))))?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await call(_world, Admins.With(Role.Owner, other)))?.Kind);
        Assert.Null(await call(_world, Admins.With(needs, Project(_world))));
    }

    [Fact]
    public async Task Only_an_owner_of_all_creates_projects()
    {
        var service = _world.Get<ProjectService>();
        Assert.Equal(FaultKind.Forbidden, (await service.CreateAsync(Admins.With(Role.Manager, null), "made", "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.CreateAsync(Admins.With(Role.Owner, Project(_world)), "made", "x")).Fault?.Kind);
        Assert.True((await service.CreateAsync(Admins.With(Role.Owner, null), "made", "x")).Ok);
    }

    [Fact]
    public async Task The_list_of_projects_has_those_of_the_actor()
    {
        var other = World.Value(await _world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        Assert.Equal("other", Assert.Single(await _world.Get<ProjectService>().ListAsync(Admins.With(Role.ReadOnly, other))).Code);
    }

    [Fact]
    public async Task Anothers_app_is_not_found_through_ones_own_project()
    {
        var other = World.Value(await _world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        var (owner, key) = (Admins.With(Role.Owner, other), await KeyAsync(_world));
        Assert.Equal(FaultKind.NotFound, (await Apps(_world).AddSecretAsync(owner, other, key.Id)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await Apps(_world).RetireSecretAsync(owner, other, key.Id, key.Secrets[0].Id)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await Apps(_world).SetAddressesAsync(owner, other, key.Id, [], [], key.Version)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await Apps(_world).EnableServiceAsync(owner, other, (await ShopAsync(_world)).Id)).Fault?.Kind);
    }

    private static AppService Apps(World world) => world.Get<AppService>();

    private static ProjectId Project(World world) => world.Development.ProjectId;

    private static async Task<AppDetails> ShopAsync(World world) =>
        World.Value(await Apps(world).ListAsync(Actor.Host, Project(world))).Single(a => a.Code == "shop");

    private static async Task<CredentialDetails> KeyAsync(World world) => (await ShopAsync(world)).Credentials[0];
}
