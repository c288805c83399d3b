using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Events;

/// <summary>faces.md, Webhooks: from the write that made an event to its receiver.</summary>
public sealed class DeliveryTests
{
    [Theory, BothDatabases]
    public async Task A_login_reaches_the_receiver_signed_and_as_documented(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var receiver = await WebhookReceiver.StartAsync();
        var secret = (await world.ReceiveAsync(receiver)).Secret;

        var login = await world.LoginAsync("ming", """{"nickname":"小明","phone":"13838383388"}""", resource: "ios");
        await receiver.UntilAsync(2);

        var (created, session) = (receiver.Got.First(), receiver.Got.Last());
        Assert.Equal(("POST", "application/json; charset=utf-8"), (created.Method, created.ContentType));
        Assert.All(receiver.Got, got => Assert.True(got.IsSignedBy(secret, world.Host.Time.GetUtcNow()), got.Signature));
        Assert.Equal(["id", "type", "at", "corp_id", "environment", "user_id", "data"], created.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("user.created", login.UserId, created.EventId), (created.Type, created.User, created.Json.GetProperty("id").GetString()));
        Assert.Equal((world.Development.CorpId, "development"), (created.Json.GetProperty("corp_id").GetString(), created.Json.GetProperty("environment").GetString()));
        Assert.Equal(world.Host.Time.GetUtcNow(), created.Json.GetProperty("at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(10, created.Json.GetProperty("data").GetProperty("source").GetInt32());
        Assert.Equal(("session.created", login.UserId), (session.Type, session.User));
        Assert.Equal("ios", session.Json.GetProperty("data").GetProperty("resource").GetString());
        // Personal data is never sent; whoever needs it asks by the id.
        Assert.All(receiver.Got, got => Assert.DoesNotContain("13838383388", System.Text.Encoding.UTF8.GetString(got.Body), StringComparison.Ordinal));
        Assert.All(receiver.Got, got => Assert.DoesNotContain("小明", System.Text.Encoding.UTF8.GetString(got.Body), StringComparison.Ordinal));
        Assert.All(await world.AllAsync(2, DeliveryState.Delivered), d => Assert.Equal((1, 204), (d.Tries, d.Status)));
    }

    [Theory, BothDatabases]
    public async Task One_users_events_wait_for_each_other_and_other_users_do_not(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var receiver = await WebhookReceiver.StartAsync();
        var broken = true;
        receiver.Answer = (got, _) => Task.FromResult(broken && got.User == 1 ? 500 : 204);
        await world.ReceiveAsync(receiver);

        await world.PublishAsync("user.created", 1);
        await receiver.UntilAsync(1);
        await world.PublishAsync("user.updated", 1);
        await world.PublishAsync("user.created", 2);
        await receiver.UntilAsync(2);
        Assert.Equal([("user.created", 1L), ("user.created", 2L)], receiver.Got.Select(g => (g.Type, g.User!.Value)));
        await world.TriedAsync((await world.DeliveriesAsync())[0].Id, 1);

        broken = false;
        world.Host.Time.Advance(TimeSpan.FromSeconds(5));
        await world.AllAsync(3, DeliveryState.Delivered);
        Assert.Equal(["user.created", "user.created", "user.updated"], receiver.Got.Where(g => g.User == 1).Select(g => g.Type));
        // The same body, signed anew.
        var tries = receiver.Got.Where(g => g.User == 1).Take(2).ToList();
        Assert.Equal(tries[0].Body, tries[1].Body);
        Assert.NotEqual(tries[0].Signature, tries[1].Signature);
    }

    [Theory, BothDatabases]
    public async Task Tries_come_at_the_documented_times_then_it_is_parked_and_the_users_next_event_goes_on(DatabaseKind database)
    {
        TimeSpan[] waits =
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
        ];
        await using var world = await World.CreateAsync(database);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (got, _) => Task.FromResult(got.Type == "user.created" ? 503 : 200);
        var secret = (await world.ReceiveAsync(receiver)).Secret;
        var start = world.Host.Time.GetUtcNow();
        await world.PublishAsync("user.created", 1);
        await receiver.UntilAsync(1);
        await world.PublishAsync("user.updated", 1);
        var id = (await world.DeliveriesAsync())[0].Id;

        for (var tries = 1; tries <= waits.Length; tries++)
        {
            var delivery = await world.TriedAsync(id, tries);
            Assert.Equal((DeliveryState.Waiting, world.Host.Time.GetUtcNow().ToUnixTimeMilliseconds() + (long)waits[tries - 1].TotalMilliseconds), (delivery.State, delivery.DueAt.ToUnixTimeMilliseconds()));
            world.Host.Time.Advance(waits[tries - 1] - TimeSpan.FromMilliseconds(2));
            Assert.Equal(tries, receiver.Got.Count);
            world.Host.Time.Advance(TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(DeliveryState.Parked, (await world.TriedAsync(id, 8)).State);
        await receiver.UntilAsync(9);
        Assert.Equal("user.updated", receiver.Got.Last().Type);
        await Waiting.UntilAsync(async () => (await world.DeliveriesAsync())[1].State == DeliveryState.Delivered, () => "the later event is not through");
        var made = await world.TriesAsync(id);
        Assert.Equal([TimeSpan.Zero, .. waits.Select((_, i) => waits.Take(i + 1).Aggregate((a, b) => a + b))], made.Select(t => Whole(t.At - start)));
        Assert.All(made, t => Assert.Equal(503, t.Status));
        Assert.Equal(8, receiver.Got.Where(g => g.Type == "user.created").Select(g => g.Signature).Distinct().Count());
        Assert.True(receiver.Got.Last(g => g.Type == "user.created").IsSignedBy(secret, world.Host.Time.GetUtcNow()));

        // Sent again it gets one try: that fails, and it is parked again.
        World.Done(await world.Get<DeliveryService>().ResendAsync(Actor.Host, world.Development.Id, id));
        Assert.Equal(DeliveryState.Parked, (await world.TriedAsync(id, 9)).State);
        receiver.Answer = (_, _) => Task.FromResult(200);
        World.Done(await world.Get<DeliveryService>().ResendAsync(Actor.Host, world.Development.Id, id));
        Assert.Equal(DeliveryState.Delivered, (await world.TriedAsync(id, 10)).State);
    }

    [Fact]
    public async Task A_receiver_that_hangs_delays_no_other_and_no_login()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var dead = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        dead.Answer = (_, _) => release.Task;
        await world.ReceiveAsync(dead);
        await world.ReceiveAsync(quick);

        // The clock stands still, so that the hanging calls never time out: whatever waited for them would wait for ever.
        for (var person = 0; person < 25; person++)
        {
            await world.LoginAsync($"person-{person}");
        }

        await quick.UntilAsync(50);
        Assert.InRange(dead.Got.Count, 1, DeliveryQueue.Batch);
        Assert.Equal(50, quick.Got.Select(g => g.EventId).Distinct().Count());
        release.SetResult(204);
        await dead.UntilAsync(50);
    }

    [Fact]
    public async Task A_call_without_an_answer_is_a_try_with_its_reason()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await WebhookReceiver.StartAsync();
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = (_, _) => release.Task;
        await world.ReceiveAsync(receiver);
        await world.PublishAsync("user.created", 1);
        await receiver.UntilAsync(1);
        world.Host.Time.Advance(TimeSpan.FromSeconds(5));
        var delivery = await world.TriedAsync((await world.DeliveriesAsync())[0].Id, 1);
        var made = Assert.Single(await world.TriesAsync(delivery.Id));
        Assert.Equal((null, "TimedOut", 5000), (made.Status, made.Failure, made.Milliseconds));
        release.SetResult(200);
    }

    [Fact]
    public async Task What_the_receiver_says_is_kept_short_and_without_its_secret()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await WebhookReceiver.StartAsync();
        var secret = (await world.ReceiveAsync(receiver)).Secret;
        receiver.Answer = async (_, http) =>
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync($"wrong\0 secret {secret}\r\n" + new string('长', 400));
            return 400;
        };
        await world.PublishAsync("user.created", 1);
        await receiver.UntilAsync(1);
        var delivery = await world.TriedAsync((await world.DeliveriesAsync())[0].Id, 1);
        var excerpt = Assert.Single(await world.TriesAsync(delivery.Id)).Excerpt!;
        Assert.StartsWith($"wrong secret {Secret.Mask}\n长", excerpt, StringComparison.Ordinal);
        Assert.Equal(EventTry.MaxExcerpt, excerpt.Length);
        world.Host.Log.AssertNeverSays(secret);
    }

    [Theory]
    [InlineData("user.created", true)]
    [InlineData("user.created", true, "*")]
    [InlineData("user.created", true, "user.*")]
    [InlineData("user.created", true, "session.*", "user.created")]
    [InlineData("user.created", false, "user.updated")]
    [InlineData("user.created", false, "session.*")]
    [InlineData("users.created", false, "user.*")]
    public void Patterns_say_what_a_receiver_is_told(string type, bool told, params string[] patterns) => Assert.Equal(told, EventPattern.Wants(patterns, type));

    [Fact]
    public async Task A_receiver_is_told_what_it_asked_for_of_its_environment_while_it_is_on()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.PublishAsync("user.created", 1);
        var made = await world.ReceiveAsync(receiver, "user.*");
        await world.PublishAsync("user.created", 2, environment: world.Production);
        await world.PublishAsync("session.created", 3);
        await world.PublishAsync("user.created", 4);
        await receiver.UntilAsync(1);
        World.Done(await world.Get<ReceiverService>().SwitchAsync(Actor.Host, world.Development.Id, made.Id, enabled: false));
        await world.PublishAsync("user.created", 5);
        World.Done(await world.Get<ReceiverService>().SwitchAsync(Actor.Host, world.Development.Id, made.Id, enabled: true));
        await world.PublishAsync("user.created", 6);
        await receiver.UntilAsync(2);
        await world.AllAsync(2, DeliveryState.Delivered);
        Assert.Equal([4L, 6L], receiver.Got.Select(g => g.User!.Value));
    }

    [Fact]
    public async Task A_login_writes_an_event_only_where_somebody_wants_it()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await WebhookReceiver.StartAsync();
        Task<int> Written() => world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<OutboxEvent>().CountAsync(e => e.Type == "session.created"));
        await world.LoginAsync("ming");
        await world.ReceiveAsync(receiver, "user.*");
        await world.LoginAsync("ming");
        Assert.Equal(0, await Written());
        await using var other = await WebhookReceiver.StartAsync();
        await world.ReceiveAsync(other, "session.created");
        await world.LoginAsync("ming");
        Assert.Equal(1, await Written());
        await other.UntilAsync(1);
        Assert.Empty(receiver.Got);
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
}
