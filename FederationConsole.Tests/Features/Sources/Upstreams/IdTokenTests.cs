using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.Sources.Upstreams;

/// <summary>Apple and Google (upstreams.md A7, A8; OpenID Connect Core 3.1.3.7).</summary>
public sealed class IdTokenTests
{
    [Theory]
    [InlineData("Apple")]
    [InlineData("Google")]
    public async Task An_id_token_is_believed_only_when_everything_fits(string name)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var party = (OidcParty)await world.AddAsync(name);
        var me = party.IdOf(1);
        (string? Code, string What, Action<OidcParty> Do)[] table =
        [
            (null, "aud as a list of one", p => p.Claims = c => c["aud"] = new JsonArray(p.Settings["clientId"])),
            (null, "aud as a list, azp is us", p => p.Claims = c => (c["aud"], c["azp"]) = (new JsonArray("x", p.Settings["clientId"]), p.Settings["clientId"])),
            (null, "our clocks differ by half a minute", p => p.Claims = c => c["iat"] = (long)c["iat"]! + 30),
            (Refusal.OtherApp, "aud as a list, azp is another", p => p.Claims = c => (c["aud"], c["azp"]) = (new JsonArray("x", p.Settings["clientId"]), "x")),
            (Refusal.OtherApp, "another's aud", p => p.Claims = c => c["aud"] = "com.example.another"),
            (Refusal.OtherApp, "no aud", p => p.Claims = c => c.Remove("aud")),
            (Refusal.BadIdToken, "another's iss", p => p.Claims = c => c["iss"] = "https://appleid.apple.com.evil.example"),
            (Refusal.BadIdToken, "no exp", p => p.Claims = c => c.Remove("exp")),
            (Refusal.BadIdToken, "issued in an hour", p => p.Claims = c => c["iat"] = (long)c["iat"]! + 3600),
            (Refusal.ExpiredIdToken, "two minutes over", p => p.Claims = c => c["exp"] = (long)c["iat"]! - 120),
            (Refusal.BadIdToken, "no sub", p => p.Claims = c => c.Remove("sub")),
            (Refusal.BadIdToken, "sub is no text", p => p.Claims = c => c["sub"] = 7),
            (Refusal.BadIdToken, "alg none", p => (p.Header, p.Token) = (h => h["alg"] = "none", t => t[..(t.LastIndexOf('.') + 1)])),
            (Refusal.BadIdToken, "alg HS256", p => p.Header = h => h["alg"] = "HS256"),
            (Refusal.BadIdToken, "no kid", p => p.Header = h => h.Remove("kid")),
            (Refusal.BadIdToken, "no third part", p => p.Token = t => t[..t.LastIndexOf('.')]),
            (Refusal.BadIdToken, "a byte of the claims changed", p => p.Token = Tamper),
            (Refusal.BadIdToken, "no JWT", p => p.Token = _ => "opaque"),
            (Refusal.BadIdToken, "signed by another", p => p.Impersonate()),
        ];
        foreach (var (code, what, change) in table)
        {
            (party.Claims, party.Header, party.Token) = (null, null, null);
            change(party);
            var result = (await world.TryAsync(party, me, party.SignIn(me))).Result;
            Assert.True(code is null ? result is Verification.Verified : result is Verification.Refused refused && refused.Code == code, $"{what}: {result}");
        }
    }

    [Theory]
    [InlineData("Apple")]
    [InlineData("Google")]
    public async Task Keys_are_kept_and_asked_for_again_when_they_rotate_but_not_for_ever(string name)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var party = (OidcParty)await world.AddAsync(name);
        var me = party.IdOf(1);
        for (var i = 0; i < 3; i++)
        {
            (await world.TryAsync(party, me, party.SignIn(me))).Identity();
        }

        Assert.Equal(1, party.KeysAsked);
        world.Host.Time.Advance(TimeSpan.FromMinutes(2));
        party.Rotate();
        (await world.TryAsync(party, me, party.SignIn(me))).Identity();
        Assert.Equal(2, party.KeysAsked);

        party.Header = header => header["kid"] = "made-up";
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Refusal.BadIdToken, (await world.TryAsync(party, me, party.SignIn(me))).Refusal());
        }

        Assert.Equal(2, party.KeysAsked);
        party.Header = null;
        world.Host.Time.Advance(TimeSpan.FromHours(1));
        (await world.TryAsync(party, me, party.SignIn(me))).Identity();
        Assert.Equal(3, party.KeysAsked);
    }

    [Fact]
    public async Task Apples_client_secret_is_made_once_an_hour_and_anew_after_a_change()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var apple = await world.AddAsync<AppleParty>();
        var me = apple.IdOf(1);
        foreach (var minutes in new[] { 0, 40, 11, 0 })
        {
            world.Host.Time.Advance(TimeSpan.FromMinutes(minutes));
            (await world.TryAsync(apple, me, apple.SignIn(me))).Identity();
        }

        Assert.Equal(2, apple.ClientSecrets.Count);
        World.Done(await world.Get<SourceService>().SwitchAsync(Actor.Host, world.Development.Id, SourceKind.Apple, world.AppKey, enabled: true));
        (await world.TryAsync(apple, me, apple.SignIn(me))).Identity();
        Assert.Equal(3, apple.ClientSecrets.Count);
        Assert.Empty(apple.Complaints);
    }

    [Fact]
    public async Task A_nonce_that_the_client_sent_must_be_in_the_token()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var apple = await world.AddAsync<AppleParty>();
        var me = apple.IdOf(1);
        SourceClaim Claim() => new(me, apple.SignIn(me)) { Nonce = "n-0S6_WzA2Mj" };
        Assert.Equal(Refusal.BadIdToken, (await world.TryAsync(apple, Claim())).Refusal());
        apple.Claims = claims => claims["nonce"] = "another";
        Assert.Equal(Refusal.BadIdToken, (await world.TryAsync(apple, Claim())).Refusal());
        apple.Claims = claims => claims["nonce"] = "n-0S6_WzA2Mj";
        (await world.TryAsync(apple, Claim())).Identity();
        apple.Claims = claims => claims["nonce"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("n-0S6_WzA2Mj")));
        (await world.TryAsync(apple, Claim())).Identity();
    }

    [Fact]
    public async Task An_address_counts_only_where_the_third_party_vouches_for_it()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var apple = await world.AddAsync<AppleParty>();
        await using var google = await world.AddAsync<GoogleParty>();
        (string? Mail, OidcParty Party, Action<JsonObject> Claims)[] table =
        [
            ("0001@example.com", apple, _ => { }),
            ("0001@example.com", apple, c => (c["email_verified"], c["is_private_email"]) = (true, false)),
            (null, apple, c => c["email_verified"] = "false"),
            (null, apple, c => c["is_private_email"] = "true"),
            (null, apple, c => c["is_private_email"] = true),
            (null, apple, c => c.Remove("email_verified")),
            (null, apple, c => c["email"] = "no address"),
            ("li.0001@gmail.com", google, _ => { }),
            ("li@example.com", google, c => (c["email"], c["hd"]) = ("Li@example.com", "example.com")),
            (null, google, c => c["email"] = "li@example.com"),
            (null, google, c => c["email"] = "li@gmail.com.example.com"),
            (null, google, c => (c["email"], c["hd"], c["email_verified"]) = ("li@example.com", "example.com", false)),
            (null, google, c => c["email_verified"] = false),
        ];
        foreach (var (mail, party, claims) in table)
        {
            party.Claims = claims;
            Assert.Equal(mail, (await world.TryAsync(party, party.IdOf(1), party.SignIn(party.IdOf(1)))).Identity().Email);
        }
    }

    [Fact]
    public async Task Google_has_two_names_and_wants_its_redirect_address_to_the_letter()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var google = await world.AddAsync<GoogleParty>();
        google.Issuer = "accounts.google.com";
        Assert.Equal(google.IdOf(1), (await world.TryAsync(google, "", google.SignIn(google.IdOf(1)))).Identity().OpenId);

        var source = World.Value(await world.Get<SourceService>().ListAsync(Actor.Host, world.Development.Id)).Single(s => s.Source == SourceKind.Google);
        var settings = source.Settings.ToDictionary();
        settings["redirectUri"] = "https://app.example/google";
        World.Done(await world.Get<SourceService>().SaveAsync(Actor.Host, world.Development.Id, new(
            SourceKind.Google, source.PluginId, source.Enabled, settings, new Dictionary<string, string?>(), source.Version)));
        Assert.Equal("redirect_uri_mismatch", (await world.TryAsync(google, "", google.SignIn(google.IdOf(1)))).Refusal());
    }

    private static string Tamper(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{parts[1][..20]}{(parts[1][20] == 'A' ? 'B' : 'A')}{parts[1][21..]}.{parts[2]}";
    }
}
