using FederationConsole.Platform;
using FederationConsole.Shell.Search;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Users;

/// <summary>What the bar's search finds in this product, as it is composed.</summary>
public sealed class SearchTests : UsersContext
{
    [Fact]
    public async Task A_user_is_found_by_each_thing_at_hand_and_shown_masked()
    {
        var ming = await LoginAsync("ming-open-id", "小明", "13838383388");
        foreach (var text in new[] { $"{ming.UserId}", "13838383388", "+8613838383388", "ming-open-id", "小明" })
        {
            var hit = Assert.Single(await FindAsync(As(Role.ReadOnly), text));
            Assert.Equal(("用户", "小明", "+86138****3388", $"/p/acme/development/users?user={ming.UserId}"), (hit.Kind, hit.Title, hit.Detail, hit.Href));
        }
    }

    [Fact]
    public async Task An_app_is_found_by_name_code_and_key()
    {
        foreach (var text in new[] { "商", "SHO", World.AppKey })
        {
            var hit = Assert.Single(await FindAsync(As(Role.ReadOnly), text));
            Assert.Equal(("应用", "商城", "/p/acme/development/apps?app=shop"), (hit.Kind, hit.Title, hit.Href));
        }

        Assert.Empty(await FindAsync(As(Role.ReadOnly), World.ProductionAppKey));
    }

    [Fact]
    public async Task Who_has_no_role_finds_nothing()
    {
        await LoginAsync("ming", "小明");
        var stranger = new Actor(ActorKind.Administrator, "8", "", null, null);
        Assert.Empty(await FindAsync(stranger, "小明"));
        Assert.Empty(await FindAsync(stranger, "商城"));
    }

    private async Task<List<SearchHit>> FindAsync(Actor actor, string text)
    {
        var hits = new List<SearchHit>();
        foreach (var source in World.Host.Services.GetServices<ISearchSource>())
        {
            hits.AddRange(await source.FindAsync(Seen(actor), text, CancellationToken.None));
        }

        return hits;
    }
}
