using System.Net;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.4: Facebook, Twitter, Apple and Google, and Twitter's signed question.</summary>
public sealed class ForeignLoginTests
{
    private const string Path = "/v2/user_auth_third_foreign";

    [Theory, BothDatabases]
    public async Task Each_foreign_third_party_lets_in_and_leads_to_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var name in new[] { "Facebook", "Twitter", "Apple", "Google" })
        {
            await using var party = await world.AddAsync(name);
            var openId = party.IdOf(1);
            var foreign = await world.PostAsync(Path, Body(world, party, openId, party.SignIn(openId), version: "2.0"));
            var usual = await world.CallAsync(party, openId, party.SignIn(openId));
            Assert.True(foreign.Status == HttpStatusCode.OK, $"{name}: {foreign.Text}");
            Assert.Equal(["user_id", "access_token", "refresh_token", "expire_in", "authorize"], foreign.Json.EnumerateObject().Select(p => p.Name));
            Assert.Equal(usual.Json.GetProperty("user_id").GetInt64(), foreign.Json.GetProperty("user_id").GetInt64());
        }
    }

    [Fact]
    public async Task What_a_client_signed_for_twitter_is_good_once_and_for_its_owner_alone()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var twitter = await world.AddAsync<TwitterParty>();
        var (me, other) = (twitter.IdOf(1), twitter.IdOf(2));
        var plain = twitter.Sign(me);
        Assert.Equal(0, (await world.PostAsync(Path, Signed(world, me, plain))).Code);
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, me, plain))).Code);
        // As the seed's own example has it: percent-encoded already.
        var encoded = twitter.Sign(me);
        Assert.Equal(0, (await world.PostAsync(Path, Signed(world, me, encoded with { Signature = Uri.EscapeDataString(encoded.Signature) }))).Code);
        Assert.Empty(twitter.Complaints);

        var asked = twitter.Asked.Count;
        // users/show answers about anybody: my token, and a good signature, prove nothing about the other.
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, other, twitter.Sign(me, asksAbout: other)))).Code);
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, me, twitter.Sign(me) with { ConsumerKey = "anotherApp" }))).Code);
        Assert.Equal(asked, twitter.Asked.Count);
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, me, twitter.Sign(me) with { Nonce = "forged" }))).Code);
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, me, twitter.Sign(me, at: world.Host.Time.GetUtcNow().AddHours(-1))))).Code);
        twitter.PlanHasLookup = false;
        Assert.Equal(4001059, (await world.PostAsync(Path, Signed(world, me, twitter.Sign(me)))).Code);
        Assert.Equal(1, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
        // Every question was put once.
        Assert.Equal(asked + 3, twitter.Asked.Count);
    }

    [Fact]
    public async Task The_seeds_example_signs_in_at_facebook_which_knows_no_version_1()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var facebook = await world.AddAsync<FacebookParty>();
        var body = Body(world, facebook, facebook.IdOf(1), facebook.SignIn(facebook.IdOf(1)), "1.0");
        foreach (var (name, value) in new (string, string)[]
        {
            ("oauth_consumer_key", "DC0sePOBbQ8bYdC8r4Smg"), ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "1477446586"),
            ("oauth_nonce", "1130669700"), ("oauth_signature", "PAWOXPqbWK13rL%2F5QrWfKcLRfKs%3D"), ("name", "李清华"), ("resource", "TEST"),
        })
        {
            body[name] = value;
        }

        var answer = await world.PostAsync(Path, body.ToJsonString());
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    [Fact]
    public async Task The_checks_come_in_the_order_of_the_page()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        JsonObject With(params (string Name, JsonNode? Value)[] changes)
        {
            var body = new JsonObject
            {
                ["source"] = 8, ["corp_id"] = world.Development.CorpId, ["open_id"] = "1", ["access_token"] = "1-a", ["oauth_version"] = "1.0",
                ["oauth_consumer_key"] = "k", ["oauth_nonce"] = "n", ["oauth_timestamp"] = "1477446586", ["oauth_signature_method"] = "HMAC-SHA1", ["oauth_signature"] = "s",
            };
            foreach (var (name, value) in changes)
            {
                body[name] = value;
            }

            return body;
        }

        (int Code, string? Field, JsonObject Body)[] table =
        [
            (4001002, "oauth_version", With(("oauth_version", null))),
            (4001002, "oauth_consumer_key", With(("oauth_consumer_key", null))),
            (4001002, "oauth_nonce", With(("oauth_nonce", ""))),
            (4001002, "oauth_timestamp", With(("oauth_timestamp", null))),
            (4001002, "oauth_signature_method", With(("oauth_signature_method", null))),
            (4001002, "oauth_signature", With(("oauth_signature", null), ("oauth_timestamp", "yesterday"))),
            (4001002, "plugin_id", With(("source", 12))),
            (4001001, "oauth_version", With(("oauth_version", "3.0"), ("corp_id", "nobody"))),
            (4001001, "oauth_signature_method", With(("oauth_signature_method", "PLAINTEXT"))),
            (4001001, "oauth_timestamp", With(("oauth_timestamp", "yesterday"))),
            (4041010, null, With(("corp_id", "nobody"), ("source", 4))),
            (4041020, null, With(("plugin_id", "nothing"), ("source", 4))),
            (4001137, null, With(("plugin_id", world.IdleAppKey), ("source", 4))),
            (4001482, null, With(("source", 4))),
            (4001482, null, With(("source", 10), ("oauth_version", "2.0"))),
            (4001482, null, With(("source", 99))),
            (4041023, null, With()),
            (4041023, null, With(("source", 7))),
            (4041023, null, With(("source", 13), ("plugin_id", world.AppKey))),
            (4001477, null, With(("source", 12), ("plugin_id", world.AppKey))),
        ];
        foreach (var (code, field, body) in table)
        {
            var answer = await world.PostAsync(Path, body.ToJsonString());
            Assert.True(answer.Code == code && answer.Message.Contains(field ?? "", StringComparison.Ordinal), $"{body}: {answer.Text} instead of {code}");
        }
    }

    private static JsonObject Body(World world, Upstream party, string openId, string accessToken, string version) => new()
    {
        ["source"] = party.Source, ["corp_id"] = world.Development.CorpId, ["plugin_id"] = party.ByApp ? world.AppKey : null,
        ["open_id"] = openId, ["access_token"] = accessToken, ["oauth_version"] = version,
    };

    private static object Signed(World world, string openId, TwitterSignature signature) => new
    {
        source = 8, corp_id = world.Development.CorpId, open_id = openId, access_token = signature.AccessToken, oauth_version = "1.0",
        oauth_consumer_key = signature.ConsumerKey, oauth_nonce = signature.Nonce, oauth_timestamp = signature.Timestamp,
        oauth_signature_method = "HMAC-SHA1", oauth_signature = signature.Signature,
    };
}
