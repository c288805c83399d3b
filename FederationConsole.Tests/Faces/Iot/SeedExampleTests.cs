using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, part 5, field for field: a client that sends what the page shows gets what the page shows.</summary>
public sealed class SeedExampleTests
{
    [Fact]
    public void The_seed_is_here_whole()
    {
        Assert.Equal(
            ["5.1.1", "5.1.2", "5.1.3.1", "5.1.3.2", "5.1.3.3", "5.1.4", "5.1.5", "5.1.6", "5.1.7", "5.1.8", "5.1.9", "5.1.10", "5.1.11", "5.1.12"],
            SeedClause.All.Select(c => c.Clause));
        Assert.All(SeedClause.All, c => Assert.Equal(c.Fields.Select(f => f.Name).Order(), c.Example.Select(p => p.Key).Order()));
        Assert.All(SeedClause.All, c => Assert.Equal(c.ReplyFields.Select(f => f.Name).Order(), c.Reply.Select(p => p.Key).Order()));
    }

    [Theory, BothDatabases]
    public async Task Each_example_is_answered_as_the_page_shows(DatabaseKind database)
    {
        await using var seed = await SeedWorld.CreateAsync(database);
        foreach (var clause in SeedClause.All)
        {
            var call = await seed.PrepareAsync(clause);

            var answer = await seed.SendAsync(call);

            Assert.True(answer.Status == HttpStatusCode.OK, $"{clause.Clause}: {answer.Text}");
            Assert.Equal("application/json; charset=utf-8", answer.Response.Content.Headers.ContentType!.ToString());
            Assert.Equal(Shape(clause.Reply), Shape(JsonNode.Parse(answer.Text)!.AsObject()));
            foreach (var field in answer.Json.EnumerateObject())
            {
                Assert.True(Means(field, call.Body), $"{clause.Clause}: {answer.Text}");
            }
        }
    }

    [Theory, BothDatabases]
    public async Task Where_the_page_says_not_always_a_stranger_shows_it(DatabaseKind database)
    {
        await using var seed = await SeedWorld.CreateAsync(database);
        foreach (var (clause, field) in new[] { ("5.1.1", "is_register"), ("5.1.9", "is_bind"), ("5.1.11", "is_register") })
        {
            var page = SeedClause.All.Single(c => c.Clause == clause);
            var call = (await seed.PrepareAsync(page)).With("source", 10).With("open_id", "stranger")
                .With("access_token", seed.World.Party.SignIn("stranger", """{"email":"stranger@xlink.cn"}"""));
            var answer = await seed.SendAsync(page.Asks("email") ? call.With("email", "stranger@xlink.cn") : call);
            Assert.Equal($$"""{"{{field}}":false}""", answer.Text);
            Assert.Equal([field], page.ReplyFields.Where(f => f.Required).Select(f => f.Name));
        }
    }

    [Theory, BothDatabases]
    public async Task A_required_field_is_missed_by_name_and_a_wrong_type_told_by_name(DatabaseKind database)
    {
        await using var seed = await SeedWorld.CreateAsync(database);
        foreach (var clause in SeedClause.All)
        {
            var call = await seed.PrepareAsync(clause);
            foreach (var field in clause.Fields)
            {
                if (field.Required)
                {
                    await RefusedAsync(seed, call.Without(field.Name), field, 4001002);
                    await RefusedAsync(seed, call.With(field.Name, null), field, 4001002);
                    // Names are exact: another case is another field.
                    await RefusedAsync(seed, call.Without(field.Name).With(field.Name.ToUpperInvariant(), call.Body[field.Name]!.DeepClone()), field, 4001002);
                }

                if (field is { Required: true, Type: "String" })
                {
                    await RefusedAsync(seed, call.With(field.Name, ""), field, 4001002);
                }

                var wrong = await RefusedAsync(seed, call.With(field.Name, field.Type == "Int" ? "4" : 4), field, 4001001);
                Assert.EndsWith(field.Type == "Int" ? "必须是整数" : "必须是字符串", wrong.Message, StringComparison.Ordinal);
                await RefusedAsync(seed, call.With(field.Name, true), field, 4001001);
                await RefusedAsync(seed, call.With(field.Name, new JsonArray("x")), field, 4001001);
                await RefusedAsync(seed, call.With(field.Name, new JsonObject()), field, 4001001);
            }

            Assert.Equal(0, (await seed.SendAsync(call)).Code);
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_not_required_may_be_left_out_or_null_and_what_is_not_known_is_ignored(DatabaseKind database)
    {
        await using var seed = await SeedWorld.CreateAsync(database);
        foreach (var clause in SeedClause.All)
        {
            var free = clause.Fields.Where(f => !f.Required).Select(f => f.Name).ToArray();
            var left = (await seed.PrepareAsync(clause)).Without(free).With("hobby", new JsonArray(1, new JsonObject()));
            var nulls = free.Aggregate(await seed.PrepareAsync(clause), (call, field) => call.With(field, null));
            foreach (var call in new[] { left, nulls })
            {
                // The oauth fields are free for version 2.0 alone.
                var answer = await seed.SendAsync(call.Clause.Asks("oauth_version") ? call.With("oauth_version", "2.0") : call);
                Assert.True(answer.Code == 0, $"{clause.Clause}: {answer.Text}");
            }
        }
    }

    private static async Task<Answer> RefusedAsync(SeedWorld seed, SeedCall call, SeedField field, int code)
    {
        var answer = await seed.SendAsync(call);
        Assert.True(
            answer.Code == code && answer.Message.Contains(field.Name, StringComparison.Ordinal) && (int)answer.Status == code / 10_000,
            $"{call.Clause.Clause} {call.Body.ToJsonString()}: {answer.Text}");
        return answer;
    }

    /// <summary>Names and types.</summary>
    private static IEnumerable<string> Shape(JsonObject json) => json.Select(p => $"{p.Key}: {p.Value!.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString(),
    }}").Order();

    /// <summary>Whether a field of a reply can be what its description says.</summary>
    private static bool Means(JsonProperty field, JsonObject asked) => field.Name switch
    {
        "user_id" => field.Value.GetInt64() is > 0 and < 1L << 53,
        "open_id" => long.TryParse(field.Value.GetString(), CultureInfo.InvariantCulture, out var user) && user > 0,
        "is_register" or "is_bind" => field.Value.GetBoolean(),
        "expire_in" => field.Value.GetInt32() == 7200,
        "access_token" or "refresh_token" => field.Value.GetString()!.Length >= 43 && field.Value.GetString() != (string?)asked["access_token"],
        "authorize" => field.Value.GetString()!.Length >= 16,
        "phone" => asked.ContainsKey("phone") ? field.Value.GetString() == (string?)asked["phone"] : field.Value.GetString()!.StartsWith("1383838", StringComparison.Ordinal),
        "email" => asked.ContainsKey("email") ? field.Value.GetString() == (string?)asked["email"] : field.Value.GetString()!.EndsWith("@xlink.cn", StringComparison.Ordinal),
        "url" => Uri.TryCreate(field.Value.GetString(), UriKind.Absolute, out _),
        _ => false,
    };
}
