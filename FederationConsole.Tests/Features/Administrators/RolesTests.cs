using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

public sealed class RolesTests
{
    private const long SomeProject = 7;

    /// <summary>Every method of the two services that takes an actor, by the role it asks for on the host.</summary>
    private static readonly IReadOnlyDictionary<string, (Role Role, Func<AdminHost, Actor, Task<Fault?>> Call)> Methods = new Dictionary<string, (Role, Func<AdminHost, Actor, Task<Fault?>>)>
    {
        ["AdministratorService.ListAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.ListAsync(actor)).Fault),
        ["AdministratorService.CreateAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.CreateAsync(actor, "x@example.com", "X", [new(null, Role.ReadOnly)])).Fault),
        ["AdministratorService.DisableAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.DisableAsync(actor, 1)).Fault),
        ["AdministratorService.EnableAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.EnableAsync(actor, 1)).Fault),
        ["AdministratorService.ResetPasswordAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.ResetPasswordAsync(actor, 1)).Fault),
        ["AdministratorService.ResetTwoStepAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.ResetTwoStepAsync(actor, 1)).Fault),
        ["AdministratorService.SetGrantsAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.SetGrantsAsync(actor, 1, [new(null, Role.Owner)], 0)).Fault),
        ["AdministratorService.FindAsync"] = (Role.Owner, async (a, actor) => (await a.Administrators.FindAsync(actor, AdminHost.OwnerEmail)).Fault),
        ["HostService.HealthAsync"] = (Role.ReadOnly, async (a, actor) => (await a.Settings.HealthAsync(actor)).Fault),
        ["HostService.PolicyAsync"] = (Role.ReadOnly, async (a, actor) => (await a.Settings.PolicyAsync(actor)).Fault),
        ["HostService.SetPolicyAsync"] = (Role.Owner, async (a, actor) => (await a.Settings.SetPolicyAsync(actor, true, null, 0)).Fault),
    };

    [Fact]
    public void The_table_has_every_method() => Assert.Equal(
        from type in (Type[])[typeof(AdministratorService), typeof(HostService)]
        from method in type.GetMethods().Where(m => m.DeclaringType == type)
        let name = $"{type.Name}.{method.Name}"
        orderby name
        select name,
        Methods.Keys.Order());

    [Fact]
    public async Task Each_method_is_refused_below_its_role_and_to_owners_of_a_project()
    {
        await using var admin = await AdminHost.StartAsync();
        foreach (var (name, (role, call)) in Methods)
        {
            var refused = Enum.GetValues<Role>().Where(r => r < role).Select(r => Who(new Grant(null, r)))
                .Append(Who())
                .Append(Who(new Grant(SomeProject, Role.Owner)));
            foreach (var actor in refused)
            {
                Assert.True((await call(admin, actor))?.Kind == FaultKind.Forbidden, $"{name} let {string.Join(',', actor.Grants)} through");
            }

            Assert.True((await call(admin, Who(new Grant(null, role))))?.Kind != FaultKind.Forbidden, $"{name} refused {role}");
        }
    }

    [Fact]
    public async Task An_account_is_changed_by_its_administrator_alone()
    {
        await using var admin = await AdminHost.StartAsync();
        foreach (var actor in (Actor[])[Actor.Host, new(ActorKind.App, "1", "", null, null), Who() with { Id = "x" }, Who() with { Id = "-1" }])
        {
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.ReadAsync(actor)).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.BeginTwoStepAsync(actor)).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.EnableTwoStepAsync(actor, "000000")).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.NewRecoveryCodesAsync(actor, "x")).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.DisableTwoStepAsync(actor, "x")).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await admin.Accounts.ChangePasswordAsync(actor, "x", "a new long password")).Fault?.Kind);
        }
    }

    [Theory, BothDatabases]
    public async Task Nobody_changes_themselves_and_the_last_owner_stays(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var owner = await admin.OwnerAsync();
        var id = long.Parse(owner.Id, System.Globalization.CultureInfo.InvariantCulture);
        var self = new Fault(FaultKind.NotAllowedNow, AdministratorService.Oneself);
        var last = new Fault(FaultKind.NotAllowedNow, AdministratorService.LastOwner);

        Assert.Equal(self, (await admin.Administrators.DisableAsync(owner, id)).Fault);
        Assert.Equal(self, (await admin.Administrators.SetGrantsAsync(owner, id, [new(null, Role.ReadOnly)], 0)).Fault);
        Assert.Equal(last, (await admin.Administrators.DisableAsync(Actor.Host, id)).Fault);
        Assert.Equal(last, (await admin.Administrators.SetGrantsAsync(Actor.Host, id, [new(null, Role.Manager)], 0)).Fault);

        var (second, _) = await admin.HasAsync("second@example.com", new Grant(null, Role.Owner));
        Assert.True((await admin.Administrators.DisableAsync(Actor.Host, second)).Ok);
        Assert.Equal(last, (await admin.Administrators.DisableAsync(Actor.Host, id)).Fault);
        Assert.True((await admin.Administrators.EnableAsync(Actor.Host, second)).Ok);
        Assert.True((await admin.Administrators.DisableAsync(Actor.Host, id)).Ok);
    }

    [Theory, BothDatabases]
    public async Task Two_owners_who_demote_each_other_at_once_leave_one(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var first = await admin.OwnerAsync();
        var (id, _) = await admin.HasAsync("second@example.com", new Grant(null, Role.Owner));
        var second = await admin.ActorAsync(id);
        var firstId = long.Parse(first.Id, System.Globalization.CultureInfo.InvariantCulture);

        var outcomes = await Task.WhenAll(
            Task.Run(() => admin.Administrators.SetGrantsAsync(first, id, [new(null, Role.ReadOnly)], 0)),
            Task.Run(() => admin.Administrators.SetGrantsAsync(second, firstId, [new(null, Role.ReadOnly)], 0)));

        Assert.Single(outcomes, o => o.Ok);
        Assert.Single((await admin.Administrators.ListAsync(Actor.Host)).Value!, r => r.Grants.Contains(new Grant(null, Role.Owner)));
    }

    [Fact]
    public async Task Roles_are_kept_by_project_and_a_save_in_between_is_noticed()
    {
        await using var admin = await AdminHost.StartAsync();
        var project = await admin.HasProjectAsync("demo-a");
        var owner = await admin.OwnerAsync();
        var (id, _) = await admin.HasAsync("p@example.com", new Grant(project, Role.Operator));

        Assert.True((await admin.Administrators.SetGrantsAsync(owner, id, [new(project, Role.Manager), new(null, Role.ReadOnly)], 0)).Ok);
        Assert.Equal(FaultKind.Changed, (await admin.Administrators.SetGrantsAsync(owner, id, [new(null, Role.ReadOnly)], 0)).Fault?.Kind);
        Assert.Equal(new Fault(FaultKind.NotFound, "grants"), (await admin.Administrators.SetGrantsAsync(owner, id, [new(4711, Role.ReadOnly)], 1)).Fault);
        Assert.Equal(new Fault(FaultKind.Invalid, "grants"), (await admin.Administrators.SetGrantsAsync(owner, id, [new(project, Role.ReadOnly), new(project, Role.Owner)], 1)).Fault);
        Assert.Equal(new Fault(FaultKind.Missing, "grants"), (await admin.Administrators.SetGrantsAsync(owner, id, [], 1)).Fault);

        Assert.Equal([new(project, Role.Manager), new(null, Role.ReadOnly)], (await admin.ActorAsync(id)).Grants.OrderByDescending(g => g.Role));
    }

    [Theory, BothDatabases]
    public async Task An_e_mail_is_taken_once_whatever_its_letters(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var owner = await admin.OwnerAsync();
        Assert.Equal(new Fault(FaultKind.Taken, "email"), (await admin.Administrators.CreateAsync(owner, " OWNER@example.com", "X", [new(null, Role.ReadOnly)])).Fault);
        foreach (var wrong in (string[])["", "a", "@a.b", "a@", "a@b@c", "a b@c.d", "a@.b", new string('a', 250) + "@b.cd"])
        {
            Assert.Equal("email", (await admin.Administrators.CreateAsync(owner, wrong, "X", [new(null, Role.ReadOnly)])).Fault?.Field);
        }
    }

    private static Actor Who(params Grant[] grants) => new(ActorKind.Administrator, "99", "who", null, null) { Grants = grants };
}
