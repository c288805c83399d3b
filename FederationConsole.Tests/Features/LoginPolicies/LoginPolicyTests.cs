using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.LoginPolicies;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.Promotion;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.LoginPolicies;

/// <summary>登录策略: the one table of bounds, and the page that edits by it.</summary>
public sealed class LoginPolicyTests
{
    /// <summary>Each number at its bounds and one beyond.</summary>
    public static TheoryData<string> Numbers => [.. PolicyRules.Fields.OfType<PolicyNumber>().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_number_has_bounds_that_are_allowed_themselves(string name)
    {
        var field = PolicyRules.Fields.OfType<PolicyNumber>().Single(f => f.Name == name);
        // The other of a pair stands out of the way.
        var policies = new Policies { SmsFreePerDay = name == "smsMaxPerDay" ? 0 : 3, SmsMaxPerDay = name == "smsFreePerDay" ? 100 : 10 };
        Assert.Null(LoginPolicyService.Check(field.With(policies, field.Min)));
        Assert.Null(LoginPolicyService.Check(field.With(policies, field.Max)));
        Assert.Equal(new Fault(FaultKind.Invalid, name), LoginPolicyService.Check(field.With(policies, field.Min - 1)));
        Assert.Equal(new Fault(FaultKind.Invalid, name), LoginPolicyService.Check(field.With(policies, field.Max + 1)));
    }

    [Fact]
    public void The_table_has_every_policy_once_and_sets_what_it_gets()
    {
        var properties = typeof(Policies).GetProperties().Select(p => p.Name).Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(properties, PolicyRules.Fields.Select(f => f.Name).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Null(LoginPolicyService.Check(new()));
        Assert.All(PolicyRules.Fields.OfType<PolicyNumber>(), f =>
        {
            var changed = f.With(new(), 42);
            Assert.Equal(42, f.Get(changed));
            Assert.Equal(42, typeof(Policies).GetProperties().Single(p => p.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase)).GetValue(changed));
            Assert.False(PolicyRules.Same(new(), changed));
        });
        Assert.False(PolicyRules.Same(new(), new() { OwnAccounts = false }));
        Assert.True(PolicyRules.Same(new() { WithheldSources = [4, 6] }, new() { WithheldSources = [6, 4] }));
        Assert.Equal("withheldSources", LoginPolicyService.Check(new() { WithheldSources = [11] })?.Field);
        Assert.Equal("withheldSources", LoginPolicyService.Check(new() { WithheldSources = [4, 4] })?.Field);
        Assert.Equal("smsMaxPerDay", LoginPolicyService.Check(new() { SmsFreePerDay = 11 })?.Field);
    }

    [Theory, BothDatabases]
    public async Task Development_is_saved_with_its_version_and_an_audit_line_production_is_not(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var service = world.Get<LoginPolicyService>();
        var (manager, version) = (world.Admin(), World.Value(await service.ReadAsync(world.Admin(role: Role.ReadOnly), world.Development.Id)).Version);
        Assert.Equal(FaultKind.Forbidden, (await service.SaveAsync(world.Admin(role: Role.Operator), world.Development.Id, new(), version)).Fault?.Kind);
        Assert.Equal(FaultKind.Invalid, (await service.SaveAsync(manager, world.Development.Id, new() { RefreshTokenDays = 0 }, version)).Fault?.Kind);
        Assert.Equal(FaultKind.NotAllowedNow, (await service.SaveAsync(manager, world.Production.Id, new(), 0)).Fault?.Kind);
        var other = World.Value(await world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        Assert.Equal(FaultKind.Forbidden, (await service.ReadAsync(Admins.With(Role.Owner, other), world.Development.Id)).Fault?.Kind);

        World.Done(await service.SaveAsync(manager, world.Development.Id, new() { RefreshTokenDays = 7 }, version));
        Assert.Equal(FaultKind.Changed, (await service.SaveAsync(manager, world.Development.Id, new() { RefreshTokenDays = 8 }, version)).Fault?.Kind);

        Assert.Equal(7, world.Get<ProjectCatalog>().Environment(world.Development.Id)!.Policies.RefreshTokenDays);
        Assert.Equal(30, world.Get<ProjectCatalog>().Environment(world.Production.Id)!.Policies.RefreshTokenDays);
        Assert.Equal(1, await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().CountAsync(l => l.Action == "policies.saved")));
        await world.PublishAsync();
        Assert.Equal((7, 1), (World.Value(await service.ReadAsync(manager, world.Production.Id)).Policies.RefreshTokenDays, World.Value(await service.ReadAsync(manager, world.Production.Id)).Published));
    }
}

public sealed class PoliciesPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<LoginPolicyService>());
    }

    private Policies Saved(EnvironmentKind kind = EnvironmentKind.Development) => World.Get<ProjectCatalog>().Environment("acme", kind)!.Policies;

    [Fact]
    public void Every_field_is_there_in_its_group_and_is_saved()
    {
        var page = Open<PoliciesPage>(Role.Manager);
        page.On("#field-accessTokenSeconds").Input("600");
        page.On("#field-ownAccounts").Change(false);
        page.On("[data-source='6']").Change(true);
        Assert.All(PolicyRules.Fields.Where(f => f is not PolicySources), f => Assert.NotEmpty(page.FindAll($"#field-{f.Name}")));
        page.On("form").Submit();

        page.Until(() => Assert.Contains("已保存", page.Markup, StringComparison.Ordinal));
        Assert.Equal((600, false, 6), (Saved().AccessTokenSeconds, Saved().OwnAccounts, Saved().WithheldSources.Single()));
    }

    [Fact]
    public void A_number_out_of_bounds_is_said_at_its_field_and_not_saved()
    {
        var page = Open<PoliciesPage>(Role.Manager);
        page.On("#field-passwordMinLength").Input("5");
        Assert.Contains("6 到 64", page.Find("#field-passwordMinLength-error").TextContent, StringComparison.Ordinal);
        page.On("form").Submit();
        Assert.Contains("密码最短长度", page.Await(".notice-bad").TextContent, StringComparison.Ordinal);
        page.On("#field-passwordMinLength").Input("");
        Assert.NotEmpty(page.FindAll("#field-passwordMinLength-error"));
        page.On("#field-passwordMinLength").Input("8");
        page.On("#field-smsMaxPerDay").Input("2");
        Assert.Contains("不能小于", page.Find("#field-smsMaxPerDay-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(8, Saved().PasswordMinLength);
    }

    [Fact]
    public async Task Another_who_saved_meanwhile_is_shown_beside_and_neither_is_lost()
    {
        var page = Open<PoliciesPage>(Role.Manager);
        page.On("#field-refreshTokenDays").Input("9");
        var service = World.Get<LoginPolicyService>();
        World.Done(await service.SaveAsync(Actor.Host, World.Development.Id, new() { RefreshTokenDays = 5 }, World.Value(await service.ReadAsync(Actor.Host, World.Development.Id)).Version));
        page.On("form").Submit();

        page.Await("[data-mine]");
        Assert.Equal(5, Saved().RefreshTokenDays);
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Equal(9, Saved().RefreshTokenDays));
    }

    [Fact]
    public void Production_only_shows()
    {
        var production = Open<PoliciesPage>(Role.Owner, environment: EnvironmentKind.Production);
        Assert.True(production.Await("#field-accessTokenSeconds").HasAttribute("readonly"));
        Assert.Contains("还没有发布过版本", production.Markup, StringComparison.Ordinal);
        Assert.Empty(production.FindAll("button[type=submit]"));
    }

    [Fact]
    public void A_reader_only_looks()
    {
        var reader = Open<PoliciesPage>(Role.Operator);
        Assert.True(reader.Await("#field-ownAccounts").HasAttribute("disabled"));
        Assert.Empty(reader.FindAll("button[type=submit]"));
    }
}
