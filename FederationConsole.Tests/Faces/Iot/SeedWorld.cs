using System.Text.Json.Nodes;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>A call of one clause, ready to be sent, and what it was made for.</summary>
internal sealed record SeedCall(SeedClause Clause, string Path, JsonObject Body, string? Token)
{
    public SeedCall With(string field, JsonNode? value)
    {
        var body = (JsonObject)Body.DeepClone();
        body[field] = value;
        return this with { Body = body };
    }

    public SeedCall Without(params IEnumerable<string> fields)
    {
        var body = (JsonObject)Body.DeepClone();
        foreach (var field in fields)
        {
            body.Remove(field);
        }

        return this with { Body = body };
    }
}

/// <summary>
/// A world in which each of the seed's examples succeeds: its WeChat and Facebook are set up, its users are there. An example is
/// sent as it is written, but for what only the world can know: corp, app, the third party's ids and tokens, phone, mail and code.
/// </summary>
internal sealed class SeedWorld : IAsyncDisposable
{
    private int _people;

    private SeedWorld(World world, WeChatParty weChat, FacebookParty facebook) => (World, WeChat, Facebook) = (world, weChat, facebook);

    public World World { get; }

    public WeChatParty WeChat { get; }

    public FacebookParty Facebook { get; }

    public static async Task<SeedWorld> CreateAsync(DatabaseKind database)
    {
        var world = await World.CreateAsync(database);
        return new(world, await world.AddAsync<WeChatParty>(), await world.AddAsync<FacebookParty>());
    }

    public Task<Answer> SendAsync(SeedCall call) => World.PostAsync(call.Path, call.Body.ToJsonString(), call.Token);

    /// <summary>The clause's example, about somebody whom no call was about before.</summary>
    public async Task<SeedCall> PrepareAsync(SeedClause clause)
    {
        var n = ++_people;
        var body = (JsonObject)clause.Example.DeepClone();
        if (clause.Clause == "5.1.11")
        {
            // The seed asks about a mail of WeChat, which tells nobody's. The customer's own third party does.
            body["source"] = 10;
        }

        var (phone, email) = ($"1383838{n:D4}", $"liqinghua{n}@xlink.cn");
        var source = (int?)body["source"] ?? 10;
        var (openId, accessToken) = SignIn(source, n, phone, email);
        foreach (var (field, value) in new[]
        {
            ("corp_id", World.Development.CorpId), ("plugin_id", World.AppKey), ("open_id", openId), ("access_token", accessToken), ("phone", phone), ("email", email),
        })
        {
            if (body.ContainsKey(field))
            {
                body[field] = value;
            }
        }

        var (user, token) = await SetUpAsync(clause, body, source, openId, phone, email);
        return new(clause, clause.Path.Replace("{user_id}", $"{user}", StringComparison.Ordinal), body, token);
    }

    public async Task<string> CodeAsync(string phone)
    {
        var sent = await World.PostAsync("/v2/user_register/verifycode", new { corp_id = World.Development.CorpId, phone, plugin_id = World.AppKey });
        Assert.True(sent.Code == 0, sent.Text);
        return (await World.CodeAsync("+86" + phone))!;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(WeChat.Complaints.Concat(Facebook.Complaints).Concat(World.Party.Complaints));
        await WeChat.DisposeAsync();
        await Facebook.DisposeAsync();
        await World.DisposeAsync();
    }

    /// <summary>What the clause takes for granted of its user; the one who calls, where somebody must be signed in.</summary>
    private async Task<(long User, string? Token)> SetUpAsync(SeedClause clause, JsonObject body, int source, string openId, string phone, string email)
    {
        switch (clause.Clause)
        {
            case "5.1.1" or "5.1.9":
                Done(await World.PostAsync("/v2/user/third/auth-bind-phone", new
                {
                    source, corp_id = World.Development.CorpId, plugin_id = World.AppKey, open_id = openId, access_token = SignIn(source, openId), phone, verifycode = await CodeAsync(phone),
                }));
                break;
            case "5.1.3.3":
                body["verifycode"] = await CodeAsync(phone);
                break;
            case "5.1.11":
                await World.RegisteredAsync(email: email, password: null);
                break;
            case "5.1.5" or "5.1.10" or "5.1.12":
                var guest = await World.LoginAsync(openId);
                return (guest.UserId, guest.AccessToken);
            case "5.1.6" or "5.1.7" or "5.1.8":
                var member = await World.MemberAsync(phone);
                if (clause.Clause == "5.1.8")
                {
                    Done(await World.PostAsync($"/v2/user/{member.UserId}/bind_third", new { source, open_id = openId, access_token = SignIn(source, openId) }, member.AccessToken));
                }

                return (member.UserId, member.AccessToken);
        }

        return (0, null);
    }

    private (string OpenId, string AccessToken) SignIn(int source, int n, string phone, string email)
    {
        var openId = source switch { 4 => WeChat.IdOf(n), 7 => Facebook.IdOf(n), _ => $"o-{n}" };
        return (openId, source == 10 ? World.Party.SignIn(openId, $$"""{"phone":"{{phone}}","email":"{{email}}"}""") : SignIn(source, openId));
    }

    private string SignIn(int source, string openId) => source switch { 4 => WeChat.SignIn(openId), 7 => Facebook.SignIn(openId), _ => World.Party.SignIn(openId) };

    private static void Done(Answer answer) => Assert.True(answer.Code == 0, answer.Text);
}
