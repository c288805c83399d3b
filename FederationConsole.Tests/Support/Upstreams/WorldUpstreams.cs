using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Third parties set up in a world, as an administrator would do it.</summary>
internal static class WorldUpstreams
{
    public static readonly IReadOnlyList<string> All = ["WeChat", "QQ", "Weibo", "Facebook", "Twitter", "Alipay", "Apple", "Google"];

    /// <param name="world">Its development environment; for a third party set up by app, its app.</param>
    /// <param name="mode">The setting of that name, if it has one.</param>
    public static async Task<T> AddAsync<T>(this World world, string? mode = null)
        where T : Upstream, new()
    {
        var party = await Upstream.StartAsync<T>();
        await world.SetUpAsync(party, mode);
        return party;
    }

    public static async Task<Upstream> AddAsync(this World world, string name) => name switch
    {
        "WeChat" => await world.AddAsync<WeChatParty>(),
        "QQ" => await world.AddAsync<QQParty>(),
        "Weibo" => await world.AddAsync<WeiboParty>(),
        "Facebook" => await world.AddAsync<FacebookParty>(),
        "Twitter" => await world.AddAsync<TwitterParty>(),
        "Alipay" => await world.AddAsync<AlipayParty>(),
        "Apple" => await world.AddAsync<AppleParty>(),
        _ => await world.AddAsync<GoogleParty>(),
    };

    public static async Task SetUpAsync(this World world, Upstream party, string? mode = null, bool enabled = true)
    {
        party.Clock = world.Host.Time;
        var settings = party.Settings;
        if (mode is not null)
        {
            settings["mode"] = mode;
        }

        World.Done(await world.Get<SourceService>().SaveAsync(Actor.Host, world.Development.Id, new(
            (SourceKind)party.Source, party.ByApp ? world.AppKey : "", enabled, settings, party.Secrets, Version: 0)));
        world.Secrets.AddRange(party.Secrets.Values!);
    }

    /// <summary>A call of 5.1.1 or 5.1.2.</summary>
    public static Task<Answer> CallAsync(this World world, Upstream party, string openId, string accessToken, string path = "/v2/user_auth_third") => world.PostAsync(path, new
    {
        source = party.Source, corp_id = world.Development.CorpId, plugin_id = party.ByApp ? world.AppKey : null, open_id = openId, access_token = accessToken,
    });
}
