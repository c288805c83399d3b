using FederationConsole.Features.Sources;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.Sources.Upstreams;

/// <summary>What is peculiar to each of the world's third parties (upstreams.md A1 to A6).</summary>
public sealed class VendorTests
{
    [Fact]
    public async Task WeChat_by_token()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var wechat = await world.AddAsync<WeChatParty>();
        var me = wechat.IdOf(1);
        var known = (await world.TryAsync(wechat, me, wechat.SignIn(me))).Identity();
        Assert.Equal(("wx1234567890abcdef", me, "union-" + me, "微信用户", "https://thirdwx.qlogo.cn/1"), (known.Issuer, known.OpenId, known.UnionId, known.Nickname, known.AvatarUrl));
        Assert.Equal("40003", (await world.TryAsync(wechat, me, "nothing")).Refusal());

        wechat.GivesUnionId = false;
        Assert.Null((await world.TryAsync(wechat, me, wechat.SignIn(me))).Identity().UnionId);
        wechat.GivesProfile = false;
        Assert.Null((await world.TryAsync(wechat, me, wechat.SignIn(me))).Identity().Nickname);

        // A profile that does not come for another reason might have held the unionid of a person who is known.
        wechat.Misbehave = http => http.Request.Path == "/sns/userinfo" ? Upstream.SayAsync(http, """{"errcode":-1,"errmsg":"system error"}""") : Task.FromResult(false);
        Assert.Equal("-1", (await world.TryAsync(wechat, me, wechat.SignIn(me))).Refusal());
    }

    [Fact]
    public async Task WeChat_by_code()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var wechat = await world.AddAsync<WeChatParty>("code");
        var me = wechat.IdOf(1);
        wechat.GivesProfile = false;
        var code = wechat.Authorize(me);
        var trial = await world.TryAsync(wechat, me, code);
        Assert.Equal("union-" + me, trial.Identity().UnionId);
        Assert.Equal(["token", "profile"], trial.Names());
        Assert.Equal("40163", (await world.TryAsync(wechat, me, code)).Refusal());
        Assert.Equal("40029", (await world.TryAsync(wechat, me, wechat.SignIn(me))).Refusal());
        Assert.Equal(Refusal.OtherUser, (await world.TryAsync(wechat, wechat.IdOf(2), wechat.Authorize(me))).Refusal());
        wechat.IsSnapshot = 1;
        Assert.Equal(Refusal.Throwaway, (await world.TryAsync(wechat, me, wechat.Authorize(me))).Refusal());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task QQ_in_each_of_its_wrappings(bool jsonp, bool comma)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var qq = await world.AddAsync<QQParty>();
        (qq.AlwaysJsonp, qq.TrailingComma) = (jsonp, comma);
        var me = qq.IdOf(1);
        var known = (await world.TryAsync(qq, me, qq.SignIn(me))).Identity();
        Assert.Equal(("101234567", me, "UID_" + me, "QQ用户", "http://thirdqq.qlogo.cn/40"), (known.Issuer, known.OpenId, known.UnionId, known.Nickname, known.AvatarUrl));
        Assert.Equal(Refusal.OtherApp, (await world.TryAsync(qq, me, qq.SignInToAnotherApp(me)!)).Refusal());
        Assert.Equal("100016", (await world.TryAsync(qq, me, "nothing")).Refusal());

        qq.MayGiveUnionId = false;
        var without = await world.TryAsync(qq, me, qq.SignIn(me));
        Assert.Null(without.Identity().UnionId);
        Assert.Equal(["me", "me", "profile"], without.Names());
        Assert.Equal(Refusal.OtherApp, (await world.TryAsync(qq, me, qq.SignInToAnotherApp(me)!)).Refusal());
    }

    [Fact]
    public async Task QQ_by_code()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var qq = await world.AddAsync<QQParty>("code");
        var me = qq.IdOf(1);
        var code = qq.Authorize(me);
        Assert.Equal("UID_" + me, (await world.TryAsync(qq, me, code)).Identity().UnionId);
        Assert.Equal("100020", (await world.TryAsync(qq, me, code)).Refusal());
        Assert.Equal(Refusal.OtherUser, (await world.TryAsync(qq, qq.IdOf(2), qq.Authorize(me))).Refusal());
        Assert.Empty(qq.Complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Weibo_in_both_revisions(bool earlier)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var weibo = await world.AddAsync<WeiboParty>();
        weibo.EarlierRevision = earlier;
        var me = weibo.IdOf(1);
        Assert.Equal("微博用户", (await world.TryAsync(weibo, me, weibo.SignIn(me))).Identity().Nickname);
        Assert.Equal(Refusal.OtherApp, (await world.TryAsync(weibo, me, weibo.SignInToAnotherApp(me)!)).Refusal());
        Assert.Equal(Refusal.OtherUser, (await world.TryAsync(weibo, weibo.IdOf(2), weibo.SignIn(me))).Refusal());
        Assert.Equal("21332", (await world.TryAsync(weibo, me, "nothing")).Refusal());
        weibo.SecondsLeft = 0;
        Assert.Equal(Refusal.Expired, (await world.TryAsync(weibo, me, weibo.SignIn(me))).Refusal());
    }

    [Fact]
    public async Task Weibo_by_code()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var weibo = await world.AddAsync<WeiboParty>("code");
        var me = weibo.IdOf(1);
        var code = weibo.Authorize(me);
        Assert.Equal(me, (await world.TryAsync(weibo, me, code)).Identity().OpenId);
        Assert.Equal("21325", (await world.TryAsync(weibo, me, code)).Refusal());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Facebook_says_whose_and_whose_apps_token_it_is(bool numericIds)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var facebook = await world.AddAsync<FacebookParty>();
        facebook.NumericIds = numericIds;
        var me = facebook.IdOf(1);
        var known = (await world.TryAsync(facebook, me, facebook.SignIn(me))).Identity();
        Assert.Equal(("Li Qinghua", null), (known.Nickname, known.Email));
        Assert.Equal(Refusal.OtherApp, (await world.TryAsync(facebook, me, facebook.SignInToAnotherApp(me)!)).Refusal());
        Assert.Equal(Refusal.OtherUser, (await world.TryAsync(facebook, facebook.IdOf(2), facebook.SignIn(me))).Refusal());
        Assert.Equal("190/463", (await world.TryAsync(facebook, me, facebook.ExpiredToken(me))).Refusal());
    }

    [Fact]
    public async Task Twitter_says_its_own_codes()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var twitter = await world.AddAsync<TwitterParty>();
        var me = twitter.IdOf(1);
        SourceClaim Claim(TwitterSignature s) => new(me, s.AccessToken) { OAuth1 = new(s.ConsumerKey, s.Nonce, s.Timestamp, s.Signature) };
        var signed = Claim(twitter.Sign(me));
        Assert.Equal("推特用户", (await world.TryAsync(twitter, signed)).Identity().Nickname);
        Assert.Equal("32", (await world.TryAsync(twitter, signed)).Refusal());
        Assert.Equal("135", (await world.TryAsync(twitter, Claim(twitter.Sign(me, at: world.Host.Time.GetUtcNow().AddMinutes(-6))))).Refusal());
        Assert.Equal("89", (await world.TryAsync(twitter, Claim(twitter.Sign(me) with { AccessToken = me + "-revoked" }))).Refusal());
        Assert.Equal("401", (await world.TryAsync(twitter, me, "nothing")).Refusal());
        Assert.Equal(Refusal.Malformed, (await world.TryAsync(twitter, me, "令牌\"")).Refusal());
        twitter.PlanHasLookup = false;
        Assert.Equal("453", (await world.TryAsync(twitter, Claim(twitter.Sign(me)))).Refusal());
    }

    [Fact]
    public async Task Alipay_must_have_signed_what_it_says()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var alipay = await world.AddAsync<AlipayParty>();
        var me = alipay.IdOf(1);
        var code = alipay.SignIn(me);
        var known = (await world.TryAsync(alipay, me, code)).Identity();
        Assert.Equal(("", me, "支付宝用户", "https://tfs.alipayobjects.com/1"), (known.Issuer, known.OpenId, known.Nickname, known.AvatarUrl));
        Assert.Equal("isv.code-invalid", (await world.TryAsync(alipay, me, code)).Refusal());
        Assert.Equal(Refusal.OtherUser, (await world.TryAsync(alipay, alipay.IdOf(2), alipay.SignIn(me))).Refusal());

        alipay.EscapesSlashes = true;
        Assert.Equal("https://tfs.alipayobjects.com/1", (await world.TryAsync(alipay, me, alipay.SignIn(me))).Identity().AvatarUrl);
        alipay.GivesProfile = false;
        Assert.Null((await world.TryAsync(alipay, me, alipay.SignIn(me))).Identity().Nickname);
        alipay.OpenIdsOnly = true;
        Assert.Equal(("2021000122671234", me), await IdOfAsync());
        alipay.IsTampered = true;
        Assert.Equal(Refusal.BadSignature, (await world.TryAsync(alipay, me, alipay.SignIn(me))).Refusal());
        Assert.Empty(alipay.Complaints);

        async Task<(string, string)> IdOfAsync()
        {
            var identity = (await world.TryAsync(alipay, me, alipay.SignIn(me))).Identity();
            return (identity.Issuer, identity.OpenId);
        }
    }

    [Theory]
    [InlineData("WeChat")]
    [InlineData("QQ")]
    [InlineData("Weibo")]
    [InlineData("Facebook")]
    [InlineData("Twitter")]
    [InlineData("Alipay")]
    [InlineData("Apple")]
    [InlineData("Google")]
    public async Task A_trial_shows_each_step_and_no_secret(string name)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var party = await world.AddAsync(name);
        var token = party.SignIn(party.IdOf(1));
        var good = await world.TryAsync(party, party.IdOf(1), token);
        Assert.IsType<Verification.Verified>(good.Result);
        Assert.All(good.Steps, step => Assert.True(step.Good));
        // A third party that says everything back.
        party.Misbehave = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            return await Upstream.SayAsync(http, $"{http.Request.QueryString} {Uri.UnescapeDataString(http.Request.QueryString.Value!)} {await reader.ReadToEndAsync()} {http.Request.Headers.Authorization}");
        };
        var echo = await world.TryAsync(party, party.IdOf(1), token);
        Assert.IsType<Verification.NotAsked>(echo.Result);
        var shown = string.Concat(good.Steps.Concat(echo.Steps).Select(step => step.Request + step.Answer));
        Assert.NotEqual("", shown);
        foreach (var secret in party.Secrets.Values.Append(token).OfType<string>())
        {
            Assert.DoesNotContain(secret, shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), shown, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotMatch("(access_token|id_token|refresh_token)\" ?: ?\"[^\"•]", shown);
        Assert.DoesNotMatch("(client_secret|appsecret_proof)=[^•&]", shown);
    }
}
