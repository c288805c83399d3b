using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.VendorAccounts;

/// <summary>Setting up, switching and testing an app's vendor.</summary>
public sealed class VendorServiceTests
{
    [Theory, BothDatabases]
    public async Task A_pass_marks_this_environments_saved_version_until_what_travels_changes(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        await world.SetUpAsync(vendor, environment: world.Production);
        Assert.False((await world.VendorAsync()).IsVerified);

        var trial = await TryAsync(world, vendor);
        Assert.Equal((true, "o-1"), (trial.Marked, trial.Result.Value!.OpenId));
        Assert.Equal(["token", "refresh", "userinfo"], trial.Steps.Select(s => s.Name));
        Assert.True((await world.VendorAsync()).IsVerified);
        Assert.False((await world.VendorAsync(world.Production)).IsVerified);

        // Neither the switch nor what counts as verified travels.
        World.Done(await Service(world).SwitchAsync(Actor.Host, world.Development.Id, world.AppOf(world.Development), enabled: false));
        var edit = world.EditOf(vendor, mobileVerified: true, version: 2) with { ClientSecret = null };
        World.Done(await Service(world).SaveAsync(Actor.Host, world.Development.Id, edit));
        Assert.Equal((true, false), ((await world.VendorAsync()).IsVerified, (await world.VendorAsync()).Enabled));

        VendorEdit[] changes =
        [
            edit with { TokenUrl = vendor.TokenUrl + "&more=1" },
            edit with { UserInfoUrl = vendor.UserInfoUrl + "?more=1" },
            edit with { ClientId = "another" },
            edit with { ClientSecret = vendor.ClientSecret },
            edit with { TokenMethod = TokenMethod.Get },
            edit with { Fields = new Dictionary<string, string> { ["openid"] = "uid" } },
        ];
        foreach (var change in changes)
        {
            var version = (await world.VendorAsync()).Version;
            World.Done(await Service(world).SaveAsync(Actor.Host, world.Development.Id, edit with { Version = version }));
            Assert.True((await TryAsync(world, vendor)).Marked);
            World.Done(await Service(world).SaveAsync(Actor.Host, world.Development.Id, change with { Version = version + 1 }));
            Assert.False((await world.VendorAsync()).IsVerified);
        }
    }

    [Fact]
    public async Task Each_failure_of_a_test_says_which_step_and_marks_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        var used = await TryAsync(world, vendor, "unknown");
        Assert.Equal(("100002", 1), (Assert.IsType<VendorNo.Refused>(used.Result.No).Code, used.Steps.Count));

        vendor.Twist = (_, reply) => reply.Remove("refresh_token");
        var none = await TryAsync(world, vendor);
        Assert.Equal(VendorNo.NotAsked.Of(VendorLapse.Missing, "refresh_token"), none.Result.No);

        vendor.Twist = (path, reply) => reply["openid"] = path == VendorParty.UserInfoPath ? "o-2" : "o-1";
        var lie = await TryAsync(world, vendor);
        Assert.Equal(VendorLapse.OtherUser, Assert.IsType<VendorNo.NotAsked>(lie.Result.No).Lapse);
        Assert.Equal([true, true, false], lie.Steps.Select(s => s.Good));
        Assert.False((await world.VendorAsync()).IsVerified);
        Assert.All(new[] { used, none, lie }, t => Assert.False(t.Marked));
    }

    [Fact]
    public async Task What_is_shown_of_a_test_holds_neither_secret_code_nor_token()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        var code = vendor.Authorize("o-1");
        var trial = await TryAsync(world, vendor, code);
        var shown = string.Concat(trial.Steps.Select(s => s.Request + s.Answer));
        Assert.Contains("grant_type=authorization_code", shown, StringComparison.Ordinal);
        Assert.Contains("nick_name", shown, StringComparison.Ordinal);
        foreach (var secret in vendor.RefreshTokens.Append(vendor.ClientSecret).Append(code))
        {
            Assert.DoesNotContain(secret, shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, string.Concat(world.Host.Log.Lines), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("access/", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(vendor.ClientSecret, trial.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_its_field_and_who_comes_late_is_told()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await VendorParty.StartAsync();
        var good = world.EditOf(vendor);
        (VendorEdit Edit, Fault Fault)[] table =
        [
            (good with { TokenUrl = "" }, new(FaultKind.Missing, "tokenUrl")),
            (good with { TokenUrl = "ftp://vendor.example/" }, new(FaultKind.Invalid, "tokenUrl")),
            (good with { UserInfoUrl = "//vendor.example/" }, new(FaultKind.Invalid, "userInfoUrl")),
            (good with { UserInfoUrl = "https://a:b@vendor.example/" }, new(FaultKind.Invalid, "userInfoUrl")),
            (good with { ClientId = new('x', 129) }, new(FaultKind.Invalid, "clientId")),
            (good with { ClientSecret = null }, new(FaultKind.Missing, "clientSecret")),
            (good with { Fields = new Dictionary<string, string> { ["openid"] = "a b" } }, new(FaultKind.Invalid, "fields.openid")),
            (good with { Fields = new Dictionary<string, string> { ["scope"] = "a" } }, new(FaultKind.Invalid, "fields.scope")),
            (good with { Fields = new Dictionary<string, string> { ["openid"] = "nick_name" } }, new(FaultKind.Taken, "fields.openid")),
            (good with { AppId = AppId.Of(5) }, FaultKind.UnknownApp),
            (good with { AppId = world.Get<ProjectCatalog>().App(world.IdleAppKey)!.Id }, FaultKind.AppNotEnabled),
        ];
        foreach (var (edit, fault) in table)
        {
            Assert.Equal(fault, (await Service(world).SaveAsync(Actor.Host, world.Development.Id, edit)).Fault);
        }

        // A path is this host's; an answer's field may share a name with a question's.
        World.Done(await Service(world).SaveAsync(Actor.Host, world.Development.Id, good with
        {
            TokenUrl = "/sandbox/vendor/token", Fields = new Dictionary<string, string> { ["openid"] = "code" },
        }));
        Assert.StartsWith(world.Host.Address.GetLeftPart(UriPartial.Authority), world.Get<VendorCatalog>().Find(world.Development.Id, good.AppId)!.TokenUrl, StringComparison.Ordinal);
        Assert.Equal(FaultKind.Changed, (await Service(world).SaveAsync(Actor.Host, world.Development.Id, good)).Fault?.Kind);
    }

    [Theory]
    [InlineData("list", Role.ReadOnly)]
    [InlineData("try", Role.Operator)]
    [InlineData("save", Role.Manager)]
    [InlineData("switch", Role.Manager)]
    public async Task Needs_its_role_for_this_project(string call, Role needs)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        var (here, app) = (world.Development, world.AppOf(world.Development));
        var other = World.Value(await world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        Task<Fault?> CallAsync(Actor actor) => call switch
        {
            "list" => FaultOf(Service(world).ListAsync(actor, here.Id), o => o.Fault),
            "try" => FaultOf(Service(world).TryAsync(actor, here.Id, app, vendor.Authorize("o-1"), CancellationToken.None), o => o.Fault),
            "save" => FaultOf(Service(world).SaveAsync(actor, here.Id, world.EditOf(vendor, version: 1)), o => o.Fault),
            _ => FaultOf(Service(world).SwitchAsync(actor, here.Id, app, enabled: false), o => o.Fault),
        };
        Assert.Equal(FaultKind.Forbidden, (await CallAsync(Admins.With(needs - 1, here.ProjectId)))?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await CallAsync(Admins.With(Role.Owner, other)))?.Kind);
        Assert.Null(await CallAsync(Admins.With(needs, here.ProjectId)));
    }

    private static async Task<Fault?> FaultOf<T>(Task<T> call, Func<T, Fault?> fault) => fault(await call);

    private static VendorService Service(World world) => world.Get<VendorService>();

    private static async Task<VendorTrial> TryAsync(World world, VendorParty vendor, string? code = null) =>
        World.Value(await Service(world).TryAsync(Actor.Host, world.Development.Id, world.AppOf(world.Development), code ?? vendor.Authorize("o-1"), CancellationToken.None));
}
