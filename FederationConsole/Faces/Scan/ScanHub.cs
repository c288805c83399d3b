using FederationConsole.Features.Guessing;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using Microsoft.AspNetCore.SignalR;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// <c>/hubs/scan</c>: <c>watch(ticket, secret)</c>, and from then on the message <c>state</c> at once and at each change. A page that got a
/// new code calls it again on the same connection.
/// </summary>
public sealed class ScanHub(TicketService tickets, TicketWatch watch, IHubContext<ScanHub> hub, GuessGuard guard) : Hub
{
    private const string Watched = "watched";

    [HubMethodName("watch")]
    public async Task WatchAsync(string ticket, string secret)
    {
        var address = Context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();
        if (guard.Refuse(address) is not null)
        {
            throw new HubException("40029");
        }

        var found = await tickets.ReadAsync(ticket, secret);
        if (!found.Ok)
        {
            guard.Count(address, found.Fault.Kind);
            throw new HubException("40008");
        }

        Leave();
        var viewer = new Page(hub.Clients.Client(Context.ConnectionId), new TicketKeys(ticket, secret).AuthCode());
        Context.Items[Watched] = watch.Watch(found.Value, viewer);
        // It may have changed before it was watched.
        var now = await tickets.ReadAsync(ticket, secret);
        viewer.Show(now.Ok ? now.Value.State : found.Value.State);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Leave();
        return base.OnDisconnectedAsync(exception);
    }

    private void Leave()
    {
        if (Context.Items.Remove(Watched, out var before))
        {
            (before as IDisposable)?.Dispose();
        }
    }

    private sealed class Page(ISingleClientProxy client, string authCode) : TicketViewer(-1)
    {
        /// <summary>SignalR queues it; a connection that is gone takes nothing.</summary>
        protected override void Push(TicketState state) => _ = client.SendAsync("state", ScanState.Of(state, authCode), CancellationToken.None);
    }
}
