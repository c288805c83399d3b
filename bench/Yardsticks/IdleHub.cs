using Microsoft.AspNetCore.SignalR;

namespace Yardsticks;

/// <summary>A SignalR hub as the framework has it: answers once what a QR page hears first, and then only keeps the connection.</summary>
internal sealed class IdleHub : Hub
{
    [HubMethodName("watch")]
    public Task WatchAsync(string ticket, string secret) => Clients.Caller.SendAsync("state", new { code = 101, isSame = ticket == secret });
}
