using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Features.Promotion.PromotionWorld;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>同步到生产环境: what is published, that it is published once, and that it stays as it was.</summary>
public sealed class PromotionTests
{
    [Theory, BothDatabases]
    public async Task Development_becomes_a_numbered_version_of_production(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge, Level);
        await world.SetAsync(new Policies { AccessTokenSeconds = 3600, WithheldSources = [6] });
        Assert.Empty(world.Get<AttributeCatalog>().Of(world.Production.Id).Attributes);

        Assert.Equal(1, await world.PublishAsync("  第一版 "));

        // In force at once, in memory too.
        var schema = world.Get<AttributeCatalog>().Of(world.Production.Id);
        Assert.Equal((1, "badge,level"), (schema.Number, string.Join(',', schema.Attributes.Select(a => a.Id))));
        var policies = world.Get<ProjectCatalog>().Environment(world.Production.Id)!.Policies;
        Assert.Equal((3600, "6"), (policies.AccessTokenSeconds, string.Join(',', policies.WithheldSources)));
        var version = Assert.Single(await world.HistoryAsync());
        Assert.Equal((1, "第一版", "1", "admin 1", null, null), (version.Number, version.Comment, version.ById, version.ByName, version.ApprovedByName, version.RolledBackFrom));
        Assert.Equal(["badge", "level", "accessTokenSeconds", "withheldSources"], version.Difference.Select(c => c.Id));
        var line = await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().SingleAsync(l => l.Action == "promotion.published"));
        Assert.Equal(("acme/1", "admin 1"), (line.SubjectId, line.ActorName));
        Assert.Contains("\"field\":\"Attributes\"", line.Changes, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task The_difference_says_each_property_before_and_after(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge, Level, Age);
        await world.PublishAsync();
        await world.EditAsync(Age with { Min = 18, Required = true }, Badge with { MaxLength = 10, Description = "新" }, Tags);
        await world.SetAsync(new Policies { PasswordMinLength = 12 });

        var changes = (await world.PreviewAsync()).Changes;

        Assert.Equal(
            ["Attribute age Changed", "Attribute badge Changed", "Attribute tags Added", "Attribute level Removed", "Order  Changed", "Policy passwordMinLength Changed"],
            changes.Select(c => $"{c.Subject} {c.Id} {c.Kind}"));
        Assert.Equal(["required  true", "min 0 18"], changes[0].Properties.Select(p => $"{p.Name} {p.Before} {p.After}"));
        Assert.Equal(["description  新", "maxLength 20 10"], changes[1].Properties.Select(p => $"{p.Name} {p.Before} {p.After}"));
        Assert.Equal("g 金, s 银, b 铜", changes[2].Properties.Single(p => p.Name == "options").After);
        Assert.All(changes[3].Properties, p => Assert.Null(p.After));
        Assert.Equal(new PropertyChange("", "badge, age", "age, badge"), changes[4].Properties.Single());
        Assert.Equal(new PropertyChange("", "8", "12"), changes[5].Properties.Single());
    }

    [Theory, BothDatabases]
    public async Task Nothing_to_publish_and_no_comment_are_refused(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var nothing = await world.PreviewAsync();
        Assert.Empty(nothing.Changes);
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Promotion().PublishAsync(world.Admin(), nothing, "x")).Fault?.Kind);

        await world.EditAsync(Badge);
        var shown = await world.PreviewAsync();
        Assert.Equal(FaultKind.Missing, (await world.Promotion().PublishAsync(world.Admin(), shown, " ")).Fault?.Kind);
        Assert.Equal(FaultKind.Invalid, (await world.Promotion().PublishAsync(world.Admin(), shown, new('x', 501))).Fault?.Kind);
        var uncounted = shown with { Changes = [.. shown.Changes.Select(c => c with { Touches = null })] };
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Promotion().PublishAsync(world.Admin(), uncounted, "x")).Fault?.Kind);
        Assert.Empty(await world.HistoryAsync());
        Assert.Equal(1, World.Value(await world.Promotion().PublishAsync(world.Admin(), shown, new('x', 500))));
    }

    [Theory, BothDatabases]
    public async Task What_moved_since_it_was_shown_is_not_published(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        var shown = await world.PreviewAsync();

        await world.EditAsync(Badge with { Required = true });
        Assert.Equal(FaultKind.Changed, (await world.Promotion().PublishAsync(world.Admin(), shown, "x")).Fault?.Kind);
        shown = await world.PreviewAsync();
        await world.SetAsync(new Policies { RefreshTokenDays = 7 });
        Assert.Equal(FaultKind.Changed, (await world.Promotion().PublishAsync(world.Admin(), shown, "x")).Fault?.Kind);
        shown = await world.PreviewAsync();
        await world.PublishAsync("别人");
        await world.EditAsync(Level);
        Assert.Equal(FaultKind.Changed, (await world.Promotion().PublishAsync(world.Admin(), shown, "x")).Fault?.Kind);

        Assert.Equal("别人", Assert.Single(await world.HistoryAsync()).Comment);
    }

    [Theory, BothDatabases]
    public async Task Of_many_at_once_one_wins(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        for (var round = 1; round <= 3; round++)
        {
            await world.EditAsync(Badge with { MaxLength = round });
            var shown = await world.PreviewAsync();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => world.Promotion().PublishAsync(world.Admin($"{i}"), shown, $"{i}"))));

            Assert.Equal(round, Assert.Single(outcomes, o => o.Ok).Value);
            Assert.All(outcomes.Where(o => !o.Ok), o => Assert.Equal(FaultKind.Changed, o.Fault!.Kind));
        }

        Assert.Equal([3, 2, 1], (await world.HistoryAsync()).Select(v => v.Number));
    }

    [Theory, BothDatabases]
    public async Task An_edit_and_a_publication_at_once_never_publish_what_nobody_saw(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        for (var round = 1; round <= 5; round++)
        {
            await world.EditAsync(Badge with { MaxLength = round });
            var shown = await world.PreviewAsync();
            var edit = Task.Run(() => world.EditAsync(Badge with { MaxLength = 1000 + round }));
            var published = await world.Promotion().PublishAsync(world.Admin(), shown, "x");
            await edit;

            Assert.True(published.Ok || published.Fault.Kind == FaultKind.Changed);
            Assert.DoesNotContain(world.Get<AttributeCatalog>().Of(world.Production.Id).Attributes, a => a.MaxLength > 1000);
        }
    }

    [Theory, BothDatabases]
    public async Task An_earlier_version_is_published_again_under_a_new_number_and_no_version_ever_changes(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        await world.PublishAsync("一");
        await world.EditAsync(Badge, Age with { Required = true });
        await world.SetAsync(new Policies { PasswordClasses = 4 });
        await world.PublishAsync("二");
        var kept = Text(await world.HistoryAsync());

        var back = await world.PreviewAsync(target: 1);
        Assert.Equal(["age Removed", "passwordClasses Changed"], back.Changes.Select(c => $"{c.Id} {c.Kind}"));
        // Development moving is no matter of a rollback.
        await world.EditAsync(Level);
        Assert.Equal(3, World.Value(await world.Promotion().PublishAsync(world.Admin(), back, "回到一")));

        var history = await world.HistoryAsync();
        Assert.Equal((3, 1), (history[0].Number, history[0].RolledBackFrom));
        Assert.True(history[0].Content.Same(history[2].Content));
        Assert.Equal(kept, Text([.. history.Skip(1)]));
        Assert.Equal(["badge"], world.Get<AttributeCatalog>().Of(world.Production.Id).Attributes.Select(a => a.Id));
        Assert.Equal(2, world.Get<ProjectCatalog>().Environment(world.Production.Id)!.Policies.PasswordClasses);
        Assert.Equal(FaultKind.NotFound, (await world.Promotion().PreviewAsync(world.Admin(), world.Project(), 9)).Fault?.Kind);

        static string Text(IReadOnlyList<PublishedVersion> versions) => JsonSerializer.Serialize(versions);
    }

    [Fact]
    public void Nothing_of_a_version_can_be_set_after_it_was_made() =>
        Assert.All(typeof(PublishedVersion).GetProperties(), property =>
            Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));

    [Theory, BothDatabases]
    public async Task Roles_and_neighbours(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        var shown = await world.PreviewAsync();
        var other = World.Value(await world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        var (neighbour, reader, requests) = (Admins.With(Role.Owner, other), world.Admin(role: Role.ReadOnly), world.Get<PromotionRequests>());

        Assert.Equal(FaultKind.Forbidden, (await world.Promotion().PreviewAsync(neighbour, world.Project())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await world.Promotion().HistoryAsync(neighbour, world.Project())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await world.Promotion().PublishAsync(neighbour, shown, "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await world.Get<ProductionLacks>().ListAsync(neighbour, world.Project())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await requests.OverviewAsync(neighbour, world.Project())).Fault?.Kind);
        Assert.Empty(await Counted(neighbour));
        Assert.NotEmpty(await Counted(reader));
        Assert.True((await world.Promotion().PreviewAsync(reader, world.Project())).Ok);
        Assert.Equal(FaultKind.Forbidden, (await world.Promotion().PublishAsync(world.Admin(role: Role.Operator), shown, "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await requests.AskAsync(world.Admin(role: Role.Operator), shown, "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await requests.ApproveAsync(world.Admin(role: Role.Operator), world.Project(), 1, "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await requests.DeclineAsync(world.Admin(role: Role.Operator), world.Project(), 1, "x")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await requests.RequireApprovalAsync(world.Admin(), world.Project(), true)).Fault?.Kind);
        // Another project's version is none of ours.
        await world.PublishAsync();
        Assert.Equal(FaultKind.NotFound, (await world.Promotion().PreviewAsync(neighbour, other, 1)).Fault?.Kind);

        async Task<List<PromotionPreview>> Counted(Actor actor)
        {
            var all = new List<PromotionPreview>();
            await foreach (var further in world.Promotion().CountAsync(actor, shown))
            {
                all.Add(further);
            }

            return all;
        }
    }
}
