using System.Diagnostics;
using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Events;

/// <summary>Deliveries outlive the host that began them, and are made by one of several.</summary>
public sealed class NodesTests
{
    [Theory, BothDatabases]
    public async Task A_new_host_on_the_same_database_goes_on_where_the_old_one_stopped(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, _) => Task.FromResult(500);
        await using (var world = await World.CreateAsync(new TestHostOptions { Database = kind, Settings = database.Settings }))
        {
            await world.ReceiveAsync(receiver);
            await world.PublishAsync("user.created", 1);
            await receiver.UntilAsync(1);
            await world.PublishAsync("user.updated", 1);
            await world.TriedAsync((await world.DeliveriesAsync())[0].Id, 1);
        }

        receiver.Answer = (_, _) => Task.FromResult(200);
        await using var next = await TestHost.StartAsync(new TestHostOptions { Database = kind, Settings = database.Settings });
        next.Time.Advance(TimeSpan.FromSeconds(6));
        await receiver.UntilAsync(3);
        Assert.Equal(["user.created", "user.created", "user.updated"], receiver.Got.Select(g => g.Type));
    }

    [Fact]
    public async Task A_host_that_is_stopped_in_the_middle_of_a_call_leaves_it_to_the_next_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => 500, TaskScheduler.Default);
        await using (var world = await World.CreateAsync(new TestHostOptions { Settings = database.Settings }))
        {
            await world.ReceiveAsync(receiver);
            await world.PublishAsync("user.created", 1);
            await receiver.UntilAsync(1);
        }

        receiver.Answer = (_, _) => Task.FromResult(200);
        await using var next = await TestHost.StartAsync(new TestHostOptions { Settings = database.Settings });
        await receiver.UntilAsync(2);
        Assert.Single(receiver.Got.Select(g => g.EventId).Distinct());
    }

    [Fact]
    public async Task Two_nodes_deliver_each_event_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.PostgreSql);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await World.CreateAsync(new TestHostOptions { Database = DatabaseKind.PostgreSql, Settings = database.Settings });
        await using var other = await TestHost.StartAsync(new TestHostOptions { Database = DatabaseKind.PostgreSql, Settings = database.Settings });
        await world.ReceiveAsync(receiver);
        await Waiting.UntilAsync(() => other.Services.GetRequiredService<ReceiverCatalog>().All.Count == 1, () => "the other node knows no receiver");

        Store[] stores = [world.Get<Store>(), other.Services.GetRequiredService<Store>()];
        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => stores[n % 2].WriteAsync(world.Development.Scope, db =>
        {
            db.Publish("user.updated", UserId.Of(1 + (n % 30)), "{}");
            return Task.FromResult(Outcome.Done);
        })));
        await receiver.UntilAsync(120);
        var deliveries = await world.AllAsync(120, DeliveryState.Delivered);

        Assert.All(deliveries, d => Assert.Equal(1, d.Tries));
        Assert.Equal(120, receiver.Got.Count);
        Assert.Equal(120, receiver.Got.Select(g => g.EventId).Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task What_a_dead_node_held_is_free_after_its_lease_and_not_before(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await world.ReceiveAsync(receiver);
        var (queue, entry) = (world.Get<DeliveryQueue>(), world.Get<ReceiverCatalog>().Find(made.Id)!);
        // Off: no lane of this host takes part while the test plays two nodes.
        World.Done(await world.Get<ReceiverService>().SwitchAsync(Actor.Host, world.Development.Id, made.Id, enabled: false));
        await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
        {
            var happened = new OutboxEvent { Id = db.NextId(), Type = "user.created", UserId = UserId.Of(1), At = db.Now, Payload = "{}", RoutedAt = db.Now };
            db.AddRange(happened, EventRouter.New(db, made.Id, happened.Id, happened.Type, happened.UserId));
            return Task.FromResult(Outcome.Done);
        });

        var dead = Assert.Single((await queue.ClaimAsync(entry)).Deliveries);
        world.Host.Time.Advance(DeliveryQueue.Lease - TimeSpan.FromMilliseconds(2));
        var early = await queue.ClaimAsync(entry);
        Assert.Empty(early.Deliveries);
        Assert.NotNull(early.Next);
        world.Host.Time.Advance(TimeSpan.FromMilliseconds(2));
        var alive = Assert.Single((await queue.ClaimAsync(entry)).Deliveries);

        // The dead one comes back: what it has to say is no longer its to say.
        await queue.RecordAsync(entry, dead, new OutboundResult.Failed(OutboundFailure.TimedOut), world.Host.Time.GetUtcNow());
        Assert.Equal((DeliveryState.Waiting, 0), ((await world.DeliveriesAsync())[0].State, (await world.DeliveriesAsync())[0].Tries));
        await queue.RecordAsync(entry, alive, new OutboundResult.Answered(200, null, default), world.Host.Time.GetUtcNow());
        Assert.Equal((DeliveryState.Delivered, 1), ((await world.DeliveriesAsync())[0].State, (await world.DeliveriesAsync())[0].Tries));
    }

    [Theory, BothDatabases]
    public async Task What_is_old_is_forgotten_whether_anybody_wanted_it_or_not(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.PublishAsync("user.created", 1);
        await world.ReceiveAsync(receiver);
        await world.PublishAsync("user.created", 2);
        await world.AllAsync(1, DeliveryState.Delivered);
        world.Host.Time.Advance(TimeSpan.FromDays(29));
        await world.PublishAsync("user.created", 3);
        await world.AllAsync(2, DeliveryState.Delivered);
        world.Host.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        await world.Get<EventCleaner>().CleanAsync(CancellationToken.None);
        Assert.Equal([3L], (await world.DeliveriesAsync()).Select(d => d.UserId.Value));
        var (events, tries) = await world.Get<Store>().ReadAsync(world.Development.Scope, async db => (await db.Set<OutboxEvent>().CountAsync(), await db.Set<EventTry>().CountAsync()));
        Assert.Equal((1, 1), (events, tries));
    }

    /// <summary>The file that the console shows and docs/webhook-receiver has, run as its first lines say.</summary>
    [Fact]
    public async Task The_sample_receiver_takes_a_real_delivery_and_refuses_a_forged_one()
    {
        const string secret = "a secret that the customer chose";
        await using var world = await World.CreateAsync(new TestHostOptions { RealTime = true });
        var start = new ProcessStartInfo("python3", [Path.Combine(Repository.Top, "docs/webhook-receiver/receiver.py"), "0"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["WEBHOOK_SECRET"] = "the-one-before," + secret;
        using var sample = Process.Start(start)!;
        try
        {
            var port = (await LineAsync(sample))["listening on ".Length..];
            var url = $"http://127.0.0.1:{port}/";
            var made = World.Value(await world.Get<ReceiverService>().CreateAsync(Actor.Host, world.Development.Id, url, []));
            // Signed with a secret that the sample does not know: refused, so it comes again.
            await world.PublishAsync("user.created", 1);
            await Waiting.UntilAsync(async () => (await world.DeliveriesAsync()) is [{ Status: 401 }], () => "not refused");
            await SetSecretAsync(world, made.Id, secret);
            await world.PublishAsync("user.created", 2, """{"user_id":2,"source":10}""");

            var line = await LineAsync(sample);
            Assert.StartsWith("user.created ", line, StringComparison.Ordinal);
            Assert.EndsWith("""2 {"user_id": 2, "source": 10}""", line, StringComparison.Ordinal);
            await Waiting.UntilAsync(async () => (await world.DeliveriesAsync())[1] is { State: DeliveryState.Delivered, Status: 204 }, () => "not delivered");
        }
        finally
        {
            sample.Kill();
        }
    }

    private static async Task SetSecretAsync(World world, long receiver, string secret)
    {
        var text = world.Get<SecretBox>().Seal(secret);
        await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            (await db.Set<EventReceiver>().SingleAsync(r => r.Id == receiver)).Secret = text;
            db.Audit(Actor.Host, "receiver.secret_rotated", "receiver", receiver.ToString(CultureInfo.InvariantCulture));
            db.Signal(ReceiverCatalog.Topic, receiver);
            return Outcome.Done;
        });
    }

    private static async Task<string> LineAsync(Process sample) =>
        await sample.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("The sample ended.");
}
