using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Events;

/// <summary>What tests of events do to a world.</summary>
internal static class EventWorld
{
    public static async Task<NewReceiver> ReceiveAsync(this World world, WebhookReceiver receiver, params string[] events) =>
        World.Value(await world.Get<ReceiverService>().CreateAsync(Actor.Host, world.Development.Id, receiver.Url, events));

    /// <summary>An event as any feature makes one.</summary>
    public static Task PublishAsync(this World world, string type, long user, string data = "{}", EnvironmentEntry? environment = null) =>
        world.Get<Store>().WriteAsync((environment ?? world.Development).Scope, db =>
        {
            db.Publish(type, UserId.Of(user), data);
            return Task.FromResult(Outcome.Done);
        });

    public static Task<List<EventDelivery>> DeliveriesAsync(this World world) =>
        world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<EventDelivery>().OrderBy(d => d.EventId).ToListAsync());

    public static Task<List<EventTry>> TriesAsync(this World world, long delivery) =>
        world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<EventTry>().Where(t => t.DeliveryId == delivery).OrderBy(t => t.Id).ToListAsync());

    /// <summary>Waits until so many tries of a delivery are written.</summary>
    public static async Task<EventDelivery> TriedAsync(this World world, long delivery, int tries)
    {
        EventDelivery? found = null;
        await Waiting.UntilAsync(
            async () => (found = (await world.DeliveriesAsync()).Single(d => d.Id == delivery)).Tries >= tries,
            () => $"{found?.Tries} of {tries} tries");
        return found!;
    }

    /// <summary>Waits until all deliveries, of which there are so many, are in a state.</summary>
    public static async Task<List<EventDelivery>> AllAsync(this World world, int count, DeliveryState state)
    {
        List<EventDelivery> found = [];
        await Waiting.UntilAsync(
            async () => (found = await world.DeliveriesAsync()).Count == count && found.TrueForAll(d => d.State == state),
            () => string.Join(", ", found.Select(d => $"{d.Type} {d.State}")));
        return found;
    }
}
