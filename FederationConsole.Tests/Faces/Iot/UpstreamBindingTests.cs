using System.Net;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.6, 5.1.7 and 5.1.11 through the world's third parties.</summary>
public sealed class UpstreamBindingTests
{
    [Fact]
    public async Task Each_third_party_is_bound_and_then_signs_in_the_same_person()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var li = await world.MemberAsync("13838383388");
        foreach (var name in WorldUpstreams.All)
        {
            await using var party = await world.AddAsync(name);
            var openId = party.IdOf(1);
            object Body(string token) => new { source = party.Source, plugin_id = party.ByApp ? world.AppKey : null, open_id = openId, access_token = token };
            var refused = await world.PostAsync($"/v2/user/{li.UserId}/bind_third", Body("never-issued"), li.AccessToken);
            Assert.True(refused.Code is 4001059 or 4001481, $"{name}: {refused.Text}");
            var bound = await world.PostAsync($"/v2/user/{li.UserId}/bind_third", Body(party.SignIn(openId)), li.AccessToken);
            Assert.True(bound.Text == "{}", $"{name}: {bound.Text}");
            Assert.Equal(li.UserId, (await world.CallAsync(party, openId, party.SignIn(openId))).Json.GetProperty("user_id").GetInt64());
        }
    }

    [Theory, BothDatabases]
    public async Task A_foreign_account_is_bound_by_what_the_client_signed(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var twitter = await world.AddAsync<TwitterParty>();
        var li = await world.MemberAsync("13838383388");
        var path = $"/v2/user/{li.UserId}/bind_third_foreign";
        var me = twitter.IdOf(1);
        JsonObject Body(params (string Name, JsonNode? Value)[] changes)
        {
            var s = twitter.Sign(me);
            var body = new JsonObject
            {
                ["source"] = 8, ["open_id"] = me, ["access_token"] = s.AccessToken, ["oauth_version"] = "1.0", ["oauth_consumer_key"] = s.ConsumerKey, ["oauth_nonce"] = s.Nonce,
                ["oauth_timestamp"] = s.Timestamp, ["oauth_signature_method"] = "HMAC-SHA1", ["oauth_signature"] = s.Signature,
            };
            foreach (var (name, value) in changes)
            {
                body[name] = value;
            }

            return body;
        }

        (int Code, JsonObject Body)[] table =
        [
            (4001002, Body(("oauth_version", null))),
            (4001002, Body(("oauth_nonce", null))),
            (4001002, Body(("source", 12))),
            (4001001, Body(("oauth_version", "1"))),
            (4041020, Body(("source", 4), ("plugin_id", "nothing"))),
            (4001482, Body(("source", 4))),
            (4041023, Body(("source", 7))),
            (4001477, Body(("source", 12), ("plugin_id", world.AppKey))),
            (4001059, Body(("oauth_nonce", "forged"))),
            (4001059, Body(("open_id", twitter.IdOf(2)))),
        ];
        foreach (var (code, body) in table)
        {
            var answer = await world.PostAsync(path, body.ToJsonString(), li.AccessToken);
            Assert.True(answer.Code == code, $"{body}: {answer.Text} instead of {code}");
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Identity>().CountAsync()));
        Assert.Equal("{}", (await world.PostAsync(path, Body().ToJsonString(), li.AccessToken)).Text);
        Assert.Equal(4001109, (await world.PostAsync(path, Body().ToJsonString(), li.AccessToken)).Code);
        var other = await world.MemberAsync("13838383389");
        Assert.Equal(4001125, (await world.PostAsync($"/v2/user/{other.UserId}/bind_third_foreign", Body().ToJsonString(), other.AccessToken)).Code);
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Post, id => $"/v2/user/{id}/bind_third_foreign", li, JsonNode.Parse(Body().ToJsonString())!);
    }

    [Fact]
    public async Task Only_a_mail_that_is_vouched_for_is_looked_up()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var google = await world.AddAsync<GoogleParty>();
        await using var facebook = await world.AddAsync<FacebookParty>();
        Task<Answer> CheckAsync(Upstream party, string email) => world.PostAsync("/v2/user/third/email-check", new
        {
            source = party.Source, corp_id = world.Development.CorpId, plugin_id = party.ByApp ? world.AppKey : null,
            open_id = party.IdOf(1), access_token = party.SignIn(party.IdOf(1)), email,
        });
        var vouched = await CheckAsync(google, "Li.0001@gmail.com");
        Assert.Equal((HttpStatusCode.OK, """{"is_register":false}"""), (vouched.Status, vouched.Text));
        Assert.Equal(4001059, (await CheckAsync(google, "other@gmail.com")).Code);
        Assert.Equal(4001059, (await CheckAsync(facebook, "li@example.com")).Code);
        google.Claims = claims => claims["email_verified"] = false;
        Assert.Equal(4001059, (await CheckAsync(google, "li.0001@gmail.com")).Code);
    }
}
