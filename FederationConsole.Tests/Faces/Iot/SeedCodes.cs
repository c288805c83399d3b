using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>How each error code of the seed comes about, and why some that it lists cannot.</summary>
internal sealed class SeedCodes(SeedWorld seed, AppleParty apple)
{
    private const int Apple = 12;

    private readonly Dictionary<string, SeedCall> _ready = [];

    /// <summary>Why a code that the clause lists never comes there; null when it does.</summary>
    public static string? Impossible(SeedClause clause, int code) => code switch
    {
        4031001 or 4031002 or 4031003 when !clause.SignedIn => "no token is asked for: the seed calls these 无认证",
        4031001 when !clause.NamesUser => "the path names no user who could be another",
        4031024 => "a user has no roles to be short of; only an administrator is told of them",
        4041010 when !clause.Asks("corp_id") => "the corp follows from the token",
        4001003 or 4001004 when !clause.Asks("verifycode") => "no phone's code is asked for: the list is that of 5.1.3.3",
        5031001 => $"one place for all: {nameof(EnvelopeTests)}.{nameof(EnvelopeTests.A_failure_of_ours_shows_its_request_id_and_nothing_else)}",
        _ => null,
    };

    /// <summary>Makes the clause answer the code. The codes are asked for in <see cref="Order"/>.</summary>
    public async Task<Answer> ProduceAsync(SeedClause clause, int code)
    {
        if (!_ready.TryGetValue(clause.Clause, out var call))
        {
            // For calls that fail and leave it as it was.
            _ready[clause.Clause] = call = await seed.PrepareAsync(clause);
        }

        var world = seed.World;
        return code switch
        {
            4001001 => await world.PostAsync(call.Path, "{", call.Token),
            4001002 => await world.PostAsync(call.Path, "{}", call.Token),
            4031001 => await seed.SendAsync(call with { Path = clause.Path.Replace("{user_id}", "1", StringComparison.Ordinal) }),
            4031002 => await seed.SendAsync(call with { Token = null }),
            4031003 => await seed.SendAsync(call with { Token = "nonsense" }),
            4041001 => await world.SendAsync(HttpMethod.Delete, call.Path, accessToken: call.Token),
            4041010 => await seed.SendAsync(call.With("corp_id", "nobody")),
            4041020 => await seed.SendAsync(call.With("plugin_id", "nothing")),
            4001137 => await seed.SendAsync(call.With("plugin_id", world.IdleAppKey)),
            4001482 => await seed.SendAsync(call.With("source", 99)),
            // Twitter, which nobody set up.
            4041023 => await seed.SendAsync(call.With("source", 8)),
            4001059 => await seed.SendAsync(call.With("access_token", "stolen")),
            >= 4001477 and <= 4001483 => await AskAppleAsync(call, code),
            4041011 => await WithoutUserAsync(await seed.PrepareAsync(clause)),
            _ => await ByRuleAsync(clause, call, code),
        };
    }

    /// <summary>Apple is not set up at first, and has to stay so until nobody asks for that any more.</summary>
    public static int Order(int code) => code == 4001477 ? 0 : code;

    private async Task<Answer> ByRuleAsync(SeedClause clause, SeedCall call, int code)
    {
        var world = seed.World;
        switch (clause.Clause, code)
        {
            case ("5.1.3.1", 4001052):
                var policies = world.Development.Policies;
                await world.SetAsync(policies with { SmsBudgetFen = 0 });
                var refused = await seed.SendAsync(call);
                await world.SetAsync(policies);
                return refused;
            case ("5.1.3.3", 4001003):
                return await seed.SendAsync(call.With("phone", "13999999999"));
            case ("5.1.3.3", 4001004):
                var mistyped = await seed.PrepareAsync(clause);
                return await seed.SendAsync(mistyped.With("verifycode", ((string)mistyped.Body["verifycode"]!).Other()));
            case ("5.1.5", 4001107):
                var member = await world.MemberAsync("13900000001");
                return await seed.SendAsync(call with { Path = $"/v2/user/{member.UserId}/init_pwd", Token = member.AccessToken });
            case ("5.1.5", 4001108):
                return await TwiceAsync(await seed.PrepareAsync(clause));
            case ("5.1.8", 4041118):
                return await TwiceAsync(await seed.PrepareAsync(clause));
            case (_, 4001484):
                return await seed.SendAsync(call with { Token = (await world.MemberAsync(clause.Clause == "5.1.10" ? "13900000002" : "13900000003")).AccessToken });
            case ("5.1.10", 4001485) or ("5.1.12", 4001096):
                return await TwiceAsync(await seed.PrepareAsync(clause));
            case ("5.1.10", 4001486):
                return await SyncAsync(clause, """{"phone":"a mistake"}""");
            case ("5.1.12", 4001511):
                return await SyncAsync(clause, """{"email":"a mistake"}""");
            case ("5.1.10", 4001094):
                await world.RegisteredAsync("13900000004", password: null);
                return await SyncAsync(clause, """{"phone":"13900000004"}""");
            default:
                throw new InvalidOperationException($"Nobody said how {clause.Clause} comes to {code}.");
        }
    }

    private async Task<Answer> AskAppleAsync(SeedCall call, int code)
    {
        var world = seed.World;
        var openId = apple.IdOf(1);
        // A phone's code is good for five tries and two minutes.
        var asked = (call.Clause.Asks("verifycode") ? await seed.PrepareAsync(call.Clause) : call)
            .With("source", Apple).With("open_id", openId).With("access_token", apple.SignIn(openId)).With("plugin_id", world.AppKey);

        if (code == 4001477)
        {
            return await seed.SendAsync(asked);
        }

        if (apple.Asked.IsEmpty && code == 4001478)
        {
            await world.SetUpAsync(apple);
        }

        (apple.Misbehave, apple.Claims) = (null, null);
        switch (code)
        {
            case 4001478:
                return await TimedOutAsync(asked);
            case 4001479:
                apple.Misbehave = http => Upstream.SayAsync(http, """{"error":"invalid_client"}""", 400);
                return await seed.SendAsync(asked);
            case 4001480:
                apple.Claims = claims => claims["exp"] = world.Host.Time.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
                return await seed.SendAsync(asked);
            case 4001481:
                return await seed.SendAsync(asked.With("access_token", "spent"));
            default:
                await SwitchAsync(enabled: false);
                var refused = await seed.SendAsync(asked);
                await SwitchAsync(enabled: true);
                return refused;
        }
    }

    private async Task SwitchAsync(bool enabled) =>
        World.Done(await seed.World.Get<SourceService>().SwitchAsync(Actor.Host, seed.World.Development.Id, SourceKind.Apple, seed.World.AppKey, enabled));

    private async Task<Answer> TimedOutAsync(SeedCall call)
    {
        var before = apple.Asked.Count;
        apple.Misbehave = Upstream.HangAsync;
        var answering = seed.SendAsync(call);
        while (apple.Asked.Count == before)
        {
            Assert.False(answering.IsCompleted, call.Clause.Clause);
            await Task.Delay(5);
        }

        seed.World.Host.Time.Advance(TimeSpan.FromSeconds(5));
        var answer = await answering;
        // Out of the breaker's window, so that the next one is asked again.
        seed.World.Host.Time.Advance(TimeSpan.FromSeconds(31));
        return answer;
    }

    private async Task<Answer> TwiceAsync(SeedCall call)
    {
        Assert.Equal(0, (await seed.SendAsync(call)).Code);
        return await seed.SendAsync(call);
    }

    /// <summary>The customer's own third party tells this of the user.</summary>
    private async Task<Answer> SyncAsync(SeedClause clause, string answer)
    {
        var openId = $"says-{clause.Clause}-{answer.Length}";
        var login = await seed.World.LoginAsync(openId);
        var body = (JsonObject)clause.Example.DeepClone();
        body["access_token"] = seed.World.Party.SignIn(openId, answer);
        return await seed.World.PostAsync(clause.Path, body.ToJsonString(), login.AccessToken);
    }

    /// <summary>The user goes while the call is under way: after the token was checked, which is remembered, and before the write.</summary>
    private async Task<Answer> WithoutUserAsync(SeedCall call)
    {
        Assert.Equal(4001002, (await seed.World.PostAsync(call.Path, "{}", call.Token)).Code);
        await seed.World.Get<Store>().WriteAsync(Scope.Host, db => db.Database.ExecuteSqlRawAsync(
            "DELETE FROM \"Users\" WHERE \"Id\" = (SELECT MAX(\"Id\") FROM \"Users\")"));
        return await seed.SendAsync(call);
    }
}
